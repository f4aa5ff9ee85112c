// The pages for members and officers over a site in memory (tests/support/fake_site.ts), which holds them to what the
// real server asks: signing in, the account, a member's acts and an officer's, alone and with a second person.
import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import { expectAccessible, launch, narrow, open, wide } from "../support/browser";
import { FakeSite, type Member } from "../support/fake_site";
import { contest, petition, person } from "../support/fake_organisation";

let browser: Browser;
let site: FakeSite;
let ada: Member; // a member
let olwen: Member; // the returning officer
let sian: Member; // the secretary

const post = (name: string, title: string, duties: string[]) => [{ seat: `seat-${name}-1`, post: name, title, organ: "committee", until: "2027-12-31T12:00:00Z", duties }];

beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
});
beforeEach(async () => {
  await site?.stop();
  site = await FakeSite.start();
  ada = site.admit("Ada Ash");
  olwen = site.admit("Olwen Oak", post("returning-officer", "Returning officer", ["contests", "roll"]));
  sian = site.admit("Siân Sycamore", post("secretary", "Secretary", []));
  site.contests = [contest("contest-5", "Chair", "applications")];
  site.petitions = [petition("petition-7", "A bench at the quay", person(sian))];
  return () => site.stop();
});

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: typeof name === "string" });
const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name }).waitFor();
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const last = () => site.ledger[site.ledger.length - 1]!;

// A page in a browser of its own in which that member is signed in.
async function openAs(member: Member, address: string, more: { factor?: boolean; viewport?: typeof wide; language?: string } = {}) {
  const opened = await open(browser, more.viewport ?? wide, more.language);
  await opened.page.context().addCookies([{ name: "session", value: site.session(member, more.factor ?? false), url: site.address, httpOnly: true, sameSite: "Strict" }]);
  await opened.page.goto(site.address + address);
  return opened;
}
async function enrol(page: Page): Promise<void> {
  await page.goto(`${site.address}/account`);
  await button(page, "Make a signing key").click();
  await button(page, "Sign and confirm").click();
  await heading(page, "It is on the record");
}

describe.each([
  ["320 px", narrow],
  ["1280 px", wide],
])("at %s", (_, viewport) => {
  it("signs in by a link, and axe finds nothing on the way", async () => {
    const { page, problems } = await open(browser, viewport);
    await page.goto(`${site.address}/me`);
    await heading(page, "Sign in first");
    await expectAccessible(page);
    await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
    await heading(page, "Sign in");
    await expectAccessible(page);
    await button(page, "Send me a link").click();
    await page.getByRole("link", { name: "Enter your email address" }).click();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("email");
    await expectAccessible(page);
    await page.getByLabel("Your email address").fill("ada.ash@example.org");
    await page.keyboard.press("Enter");
    await heading(page, "Look at your mail");
    await expectAccessible(page);
    expect(site.asked).toEqual([{ email: "ada.ash@example.org", language: "en" }]);

    await page.goto(site.link(ada));
    await heading(page, "One more step");
    expect(page.url()).toBe(`${site.address}/sign-in`); // the token is not in the address any more
    expect(site.sessions.size).toBe(0); // opening the link does nothing
    await expectAccessible(page);
    await button(page, "Sign in now").click();
    await heading(page, "My page");
    await page.getByText("Signed in: Ada Ash").waitFor();
    await expectAccessible(page);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("shows every page to an officer, and axe finds nothing", async () => {
    site.letters = [{ mail: "sign-in", fate: "delivered", asked: "2027-03-01T11:00:00Z", attempts: 1, last: "2027-03-01T11:00:05Z", reply: "" }];
    olwen.factors = [{ id: "app-1", kind: "app", added: "2027-02-01T12:00:00Z" }];
    olwen.elections = [{ election: "election-4", uuid: "abc", of: "contest-2", title: "Treasurer", stage: "open", opens: "2027-03-01T09:00:00Z", closes: "2027-03-14T18:00:00Z", entitled: true }];
    olwen.applications = [{ application: "application-9", contest: "contest-5", post: "chair", title: "Chair", stage: "standing" }];
    olwen.petitions = [{ petition: "petition-7", title: "A bench at the quay", stage: "collecting", role: "signed" }];
    const { page, problems } = await openAs(olwen, "/account", { viewport });
    await page.getByText("A link to sign in").waitFor();
    await expectAccessible(page);
    for (const [address, name] of [
      ["/me", "My page"],
      ["/office", "My office"],
      ["/office/case.open", "This is not yours to do"],
      ["/office/contest.move_deadline", "Move a contest’s deadline"],
      ["/office/member.admit", "Put members on the roll"],
      ["/me/petition.open", "Open a petition"],
      ["/me/application.withdraw?application=application-9", "Check what will be on the record"],
      ["/office/awaiting/none", "It is not waiting any more"],
      ["/me/contest.fly", "There is nothing at this address"],
    ] as const) {
      await page.goto(site.address + address);
      await heading(page, name);
      await page.waitForLoadState("networkidle");
      await expectAccessible(page);
    }
    expect(problems).toEqual([]);
    await page.context().close();
  });
});

// Which pages with navigation have the link, each opened in the same session, and how often the server was asked for it.
async function waysToTheExample(): Promise<{ links: number[]; asked: number }> {
  const { page, problems } = await open(browser, narrow);
  const links: number[] = [];
  let asked = 0;
  page.on("request", (request) => request.url().endsWith("/api/v1/sign-in") && ++asked);
  for (const path of ["/contests", "/petitions", "/motions"]) {
    await page.goto(site.address + path);
    await page.waitForLoadState("networkidle");
    await expectAccessible(page);
    links.push(await page.locator('header a[href="/example"]').count());
  }
  expect(problems).toEqual([]);
  await page.context().close();
  return { links, asked };
}
it("leads to the example from every page where there is one, and asks once whether there is", async () => {
  expect(await waysToTheExample()).toEqual({ links: [0, 0, 0], asked: 1 });
  site.example = true;
  expect(await waysToTheExample()).toEqual({ links: [1, 1, 1], asked: 1 });
});

it("speaks Welsh on every page", async () => {
  const { page } = await openAs(olwen, "/me", { language: "cy-GB" });
  for (const [address, name] of [
    ["/me", "Fy nhudalen i"],
    ["/account", "Fy nghyfrif i"],
    ["/office", "Fy swydd"],
    ["/office/contest.call", "Galw cystadleuaeth"],
    ["/me/petition.sign?petition=petition-7", "Gwiriwch beth a fydd ar gofnod"],
    ["/sign-in", "Mewngofnodi i’r safle"],
  ] as const) {
    await page.goto(site.address + address);
    await heading(page, name);
    await page.waitForLoadState("networkidle");
    // A message that is missing would show as its key.
    expect(await page.locator("body").innerText(), address).not.toMatch(/\b(do|field|act|form|confirm|me|office|key|factor|stage|process|duty)\.[a-z]+[A-Za-z._]*(\s|$)|Loading/);
  }
  await page.context().close();
});

describe("signing in", () => {
  it("says when a link has been used, and offers another", async () => {
    const link = site.link(ada);
    site.tokens.clear();
    const { page } = await open(browser);
    await page.goto(link);
    await button(page, "Sign in now").click();
    await heading(page, "This link does not work any more");
    await expectAccessible(page);
    await page.getByLabel("Your email address").fill("ada.ash@example.org");
    await button(page, "Send me a link").click();
    await heading(page, "Look at your mail");
    await page.context().close();
  });

  it("goes back to where one was, in the tab of the link and in the first one", async () => {
    const { page } = await open(browser);
    await page.goto(`${site.address}/me/petition.sign?petition=petition-7`);
    await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
    await page.getByLabel("Your email address").fill("ada.ash@example.org");
    await button(page, "Send me a link").click();
    await heading(page, "Look at your mail");
    const other = await page.context().newPage();
    await other.goto(site.link(ada));
    await button(other, "Sign in now").click();
    for (const one of [other, page]) {
      await heading(one, "Check what will be on the record");
      expect(one.url()).toBe(`${site.address}/me/petition.sign?petition=petition-7`);
    }
    await page.context().close();
  });

  it("signs in at a provider, if there is one, and says so if that did not work", async () => {
    const { page, problems } = await open(browser, narrow);
    await page.goto(`${site.address}/sign-in`);
    await button(page, "Send me a link").waitFor();
    expect(await button(page, /Sign in with/).count()).toBe(0);

    site.provider = "Moot ID";
    await page.goto(`${site.address}/me/petition.sign?petition=petition-7`);
    await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
    await button(page, "Sign in with Moot ID").click();
    await page.getByRole("alert").getByText("You could not be signed in with that account").waitFor();
    expect(page.url()).toBe(`${site.address}/sign-in`);
    await expectAccessible(page);

    site.provides = ada;
    await button(page, "Sign in with Moot ID").click();
    await heading(page, "Check what will be on the record");
    expect(page.url()).toBe(`${site.address}/me/petition.sign?petition=petition-7`);
    await page.getByText("Signed in: Ada Ash").waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("says what kept a provider from answering, in Welsh too", async () => {
    const { page } = await open(browser, narrow, "cy");
    await page.goto(`${site.address}/sign-in?provider=unavailable`);
    await page.getByRole("alert").getByText("yn ateb nawr").waitFor();
    await page.goto(`${site.address}/sign-in?provider=done`); // without a session
    await page.getByRole("alert").getByText("Ni ellid eich mewngofnodi").waitFor();
    await page.context().close();
  });

  it("leads to pages of this site only", async () => {
    for (const next of ["https://evil.example/", "//evil.example/", "/\\evil.example", "/.//evil.example", "javascript:alert(1)"]) {
      const { page } = await open(browser);
      await page.goto(`${site.address}/sign-in?next=${encodeURIComponent(next)}`);
      await page.getByLabel("Your email address").fill("ada.ash@example.org");
      await button(page, "Send me a link").click();
      await heading(page, "Look at your mail");
      await page.goto(site.link(ada));
      await button(page, "Sign in now").click();
      await page.getByText("Signed in: Ada Ash").waitFor();
      expect(new URL(page.url()).origin, next).toBe(site.address);
      await page.context().close();
    }
  });

  it("signs out, and takes what was entered out of the browser", async () => {
    const { page } = await openAs(ada, "/me/application.submit?contest=contest-5");
    await page.getByLabel("Statement", { exact: true }).fill("I know every tide.");
    expect(await page.evaluate(() => JSON.stringify(localStorage))).toContain("every tide");
    await page.goto(`${site.address}/account`);
    await button(page, "Sign out").click();
    await page.getByRole("link", { name: "Sign in" }).waitFor();
    expect(site.sessions.size).toBe(0);
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain("every tide");
    await page.context().close();
  });

  it("asks nothing about a session of those who have none", async () => {
    const { page } = await open(browser);
    const calls: string[] = [];
    page.on("request", (request) => calls.push(new URL(request.url()).pathname));
    await page.goto(`${site.address}/petitions`);
    await page.getByRole("link", { name: "Sign in", exact: true }).waitFor();
    await page.getByText("A bench at the quay").waitFor();
    expect(calls).not.toContain("/api/v1/session");
    await page.context().close();
  });
});

describe("the account", () => {
  it("adds an app, which is then asked for, and removes it", async () => {
    const { page } = await openAs(ada, "/account");
    await button(page, "Add an app").click();
    await page.getByRole("img", { name: "The app’s secret as a QR code" }).waitFor();
    await page.getByText("JBSW Y3DP EHPK 3PXP").waitFor();
    await expectAccessible(page);
    const password = page.getByLabel("The password that the app shows now");
    await password.fill("12 34");
    await button(page, "Add the app").click();
    await page.getByRole("link", { name: "Enter the six digits that the app shows" }).waitFor();
    await password.fill("999999");
    await button(page, "Add the app").click();
    await page.getByText("that is not the app's password now").waitFor();
    await password.fill("123 456");
    await button(page, "Add the app").click();
    await page.getByText("The app is added.", { exact: false }).waitFor();
    await button(page, "Remove: App on a phone").click();
    await button(page, "Yes, remove it").click();
    await page.getByText("It is removed.").waitFor();
    expect(ada.factors).toEqual([]);
    await page.context().close();
  });

  it("chooses which mails come", async () => {
    const { page } = await openAs(ada, "/account");
    await page.getByRole("checkbox", { name: "Send me notices" }).uncheck();
    await page.getByText("Saved.").waitFor();
    expect(site.notices).toBe(false);
    await page.context().close();
  });

  it("makes a key that cannot be taken out of the browser, and withdraws it", async () => {
    const { page, problems } = await openAs(sian, "/account");
    await enrol(page);
    expect(sian.key).toMatch(/^[0-9a-f]{64}$/);
    expect(last().type).toBe("member.enrol_key");
    const kept = await page.evaluate(
      () =>
        new Promise<string>((done) => {
          const opening = indexedDB.open("folkmoot");
          opening.onsuccess = () => {
            const all = opening.result.transaction("keys").objectStore("keys").getAll();
            all.onsuccess = () => {
              const [key] = all.result as { privateKey: CryptoKey }[];
              crypto.subtle.exportKey("pkcs8", key!.privateKey).then(
                () => done("came out"),
                () => done(`${all.result.length} ${key!.privateKey.extractable}`),
              );
            };
          };
        }),
    );
    expect(kept).toBe("1 false");
    await page.goto(`${site.address}/account`);
    await page.getByText("This browser has your signing key.").waitFor();
    await expectAccessible(page);
    await button(page, "Withdraw this key").click();
    await button(page, "Sign and confirm").click();
    await heading(page, "It is on the record");
    expect(sian.key).toBe("");
    await page.goto(`${site.address}/account`);
    await button(page, "Make a signing key").waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("says what to do where the key is in another browser, or can be in none", async () => {
    sian.key = "ab".repeat(32);
    const { page } = await openAs(sian, "/account");
    await page.getByText("Your signing key is not in this browser").waitFor();
    await page.getByText("Two officers together reset it", { exact: false }).waitFor();
    await page.addInitScript(() => Object.defineProperty(crypto, "subtle", { value: undefined }));
    await page.reload();
    await page.getByText("This browser cannot keep a signing key.", { exact: false }).waitFor();
    expect(await button(page, "Make a signing key").count()).toBe(0);
    await page.context().close();
  });
});

describe("a member", () => {
  it("signs a petition by a link, by keyboard alone", async () => {
    const { page } = await openAs(ada, "/me", { viewport: narrow });
    await heading(page, "My page");
    await page.getByRole("link", { name: "Sign a petition by name: A bench at the quay" }).focus();
    await page.keyboard.press("Enter");
    await heading(page, "Check what will be on the record");
    await page.getByText("The charter’s rule that allows it: acts.petition.sign").waitFor();
    await page.getByRole("definition").filter({ hasText: "A bench at the quay" }).waitFor();
    await button(page, "Confirm").focus();
    await page.keyboard.press("Enter");
    await heading(page, "It is on the record");
    await page.getByText("It is act number 1.").waitFor();
    expect(last()).toMatchObject({ type: "petition.sign", actor: { person: { member: ada.reference }, office: null }, body: { petition: "petition-7" } });
    expect(await page.getByRole("link", { name: "Look at it in the ledger" }).getAttribute("href")).toBe("/ledger?before=2#act-1");
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Save the receipt" }).click()]);
    expect(download.suggestedFilename()).toBe("receipt-1.txt");
    await page.context().close();
  });

  it("applies with a statement, published under the hash that its browser worked out", async () => {
    const { page } = await openAs(ada, "/me/application.submit?contest=contest-5");
    await heading(page, "Apply");
    await button(page, "Check what will be on the record").click();
    await page.getByRole("link", { name: "Statement: this is missing" }).click();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("field-statement");
    await expectAccessible(page);
    const statement = "I know every tide.\nVote for me: Ŵ € 🌊\n";
    await page.getByLabel("Statement", { exact: true }).fill(statement);
    await page.getByText(sha256(statement)).waitFor();
    await button(page, "Check what will be on the record").click();
    await heading(page, "Check what will be on the record");
    await page.getByText("I know every tide.", { exact: false }).first().waitFor();
    await expectAccessible(page);
    await button(page, "Change").click();
    expect(await page.getByLabel("Statement", { exact: true }).inputValue()).toBe(statement);
    await button(page, "Check what will be on the record").click();
    await button(page, "Confirm").click();
    await heading(page, "It is on the record");
    expect(last().body).toEqual({ contest: "contest-5", statement: sha256(statement) });
    expect(site.published.get(sha256(statement))).toBe(statement);
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain("every tide");
    await page.context().close();
  });

  it("is told in words what the rules refuse, and that withdrawing is final", async () => {
    site.refuses = ({ type }) => (type === "application.submit" ? { rule: "contests.chair.member_for", reason: "a member since yesterday, and 1 year are needed" } : null);
    const { page } = await openAs(ada, "/me/application.submit?contest=contest-5");
    await page.getByLabel("Statement", { exact: true }).fill("Me.");
    await button(page, "Check what will be on the record").click();
    await page.getByRole("heading", { name: "The rules do not allow it" }).waitFor();
    await page.getByText("1 year are needed", { exact: false }).waitFor();
    await page.getByText("Rule: contests.chair.member_for").waitFor();
    expect(await button(page, "Confirm").count()).toBe(0);
    await expectAccessible(page);
    await page.goto(`${site.address}/me/application.withdraw?application=application-9`);
    await page.getByText("This is final.", { exact: false }).waitFor();
    await page.context().close();
  });

  it("opens a petition for another charter, whose text is in the act itself", async () => {
    const { page } = await openAs(ada, "/me/petition.open");
    await heading(page, "Open a petition");
    const rule = page.getByLabel("Rule", { exact: true });
    expect(await rule.locator("option").allTextContents()).toEqual(["Choose…", "ballot", "recall"]);
    await rule.selectOption("ballot");
    await page.getByLabel("Title", { exact: true }).fill("Shorter terms");
    await page.getByLabel("Text", { exact: true }).fill('name = "Other"\n');
    await page.getByRole("checkbox", { name: "It changes the charter" }).check();
    await button(page, "Check what will be on the record").click();
    await button(page, "Confirm").click();
    await heading(page, "It is on the record");
    const text = 'name = "Other"\n';
    expect(last().body).toEqual({ rule: "ballot", title: "Shorter terms", hash: sha256(text), text });
    await page.context().close();
  });

  it("finds on their page what somebody has asked of them", async () => {
    site.ledger.push({ ...last(), number: 1, type: "endorsement.claim", actor: { person: person(sian), office: null }, body: { application: "application-9", endorser: ada.reference } });
    const { page } = await openAs(ada, "/me", { viewport: narrow });
    await page.getByRole("heading", { name: "Asked of me" }).waitFor();
    await page.getByText("Siân Sycamore").waitFor();
    expect(await page.getByRole("link", { name: "Confirm my endorsement: endorsement-1" }).getAttribute("href")).toBe("/me/endorsement.confirm?endorsement=endorsement-1");
    await expectAccessible(page);
    await page.context().close();
  });

  it("loses nothing when the session ends on the way", async () => {
    const { page } = await openAs(ada, "/me/application.submit?contest=contest-5");
    await page.getByLabel("Statement", { exact: true }).fill("Kept.");
    await button(page, "Check what will be on the record").click();
    await button(page, "Confirm").waitFor();
    site.sessions.clear();
    await button(page, "Confirm").click();
    await page.getByRole("heading", { name: "You have been signed out" }).waitFor();
    await expectAccessible(page);
    const other = await page.context().newPage();
    await other.goto(site.link(ada));
    await button(other, "Sign in now").click();
    await heading(other, "My page");
    await page.getByText("You are signed in again.", { exact: false }).waitFor();
    await button(page, "Confirm").click();
    await heading(page, "It is on the record");
    expect(site.ledger).toHaveLength(2);
    await page.context().close();
  });

  it("does nothing twice when an answer is lost, or the button is pressed twice", async () => {
    const { page } = await openAs(ada, "/me/petition.sign?petition=petition-7");
    site.losing = "answer";
    await button(page, "Confirm").click();
    await page.getByRole("heading", { name: "We do not know yet whether it was recorded" }).waitFor();
    expect(site.ledger).toHaveLength(2);
    site.losing = null;
    await button(page, "Confirm").click();
    await heading(page, "It is on the record");
    expect(site.ledger).toHaveLength(2);
    await page.goto(`${site.address}/me/petition.sign?petition=petition-7`);
    await button(page, "Confirm").dblclick();
    await heading(page, "It is on the record");
    expect(site.ledger).toHaveLength(3);
    // The same in two tabs is one thing, also if a tab was closed before the answer came; afterwards it is another.
    const [one, two, three] = await Promise.all([1, 2, 3].map(() => page.context().newPage()));
    for (const tab of [one!, two!, three!]) {
      await tab.goto(`${site.address}/me/petition.sign?petition=petition-7`);
      await button(tab, "Confirm").waitFor();
    }
    site.losing = "answer";
    await button(one!, "Confirm").click();
    await one!.getByRole("heading", { name: "We do not know yet whether it was recorded" }).waitFor();
    await one!.close();
    site.losing = null;
    for (const tab of [two!, three!]) {
      await button(tab, "Confirm").click();
      await heading(tab, "It is on the record");
      expect(site.ledger).toHaveLength(4);
    }
    await page.goto(`${site.address}/me/petition.sign?petition=petition-7`);
    await button(page, "Confirm").click();
    await heading(page, "It is on the record");
    expect(site.ledger).toHaveLength(5);
    await page.context().close();
  });
});

describe("an officer", () => {
  it("calls a contest: rule, record, second factor, signature", async () => {
    olwen.factors = [{ id: "app-1", kind: "app", added: "2027-02-01T12:00:00Z" }];
    const { page, problems } = await openAs(olwen, "/office", { viewport: narrow });
    await enrol(page);
    await page.goto(`${site.address}/office`);
    expect(await page.getByRole("link", { name: "Open a case" }).count()).toBe(0); // not one of the duties
    await page.getByRole("link", { name: "Call a contest" }).click();
    await page.getByText("Acting as returning officer.").waitFor();
    await page.getByLabel("Post", { exact: true }).selectOption("chair");
    await page.getByLabel("How many places").fill("one");
    await button(page, "Check what will be on the record").click();
    await page.getByRole("link", { name: "How many places: enter a whole number" }).waitFor();
    await page.getByLabel("How many places").fill("1");
    await button(page, "Check what will be on the record").click();
    await button(page, "Sign and confirm").click();
    await page.getByRole("heading", { name: "Show your second proof" }).waitFor();
    await expectAccessible(page);
    await page.getByLabel("The password that your app shows now").fill("123456");
    await button(page, "Go on").click();
    await heading(page, "It is on the record");
    expect(last()).toMatchObject({ type: "contest.call", actor: { office: "returning-officer" }, body: { post: "chair", seats: 1 } });
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("hands what takes two to the second person, who looks at it and signs", async () => {
    const first = await openAs(olwen, "/account", { factor: true });
    const second = await openAs(sian, "/account", { factor: true });
    await Promise.all([enrol(first.page), enrol(second.page)]);
    await first.page.goto(`${site.address}/office/contest.move_deadline?contest=contest-5`);
    await first.page.getByLabel("Closes", { exact: true }).fill("2027-03-25T18:00");
    await first.page.getByLabel("Reasons", { exact: true }).fill("The hall was flooded.");
    await button(first.page, "Check what will be on the record").click();
    await first.page.getByRole("link", { name: "The second person: this is missing" }).waitFor();
    await first.page.getByLabel("The second person").selectOption({ label: "Siân Sycamore, Secretary" });
    await button(first.page, "Check what will be on the record").click();
    await first.page.getByText("Siân Sycamore has to sign it, too.", { exact: false }).waitFor();
    await button(first.page, "Sign and hand over").click();
    await heading(first.page, "You have signed, and it waits");
    await expectAccessible(first.page);
    expect(site.ledger.map(({ type }) => type)).not.toContain("contest.move_deadline");

    await second.page.goto(`${site.address}/me`);
    await second.page.getByText("1 request waits for your signature.").waitFor();
    await second.page.goto(`${site.address}/office`);
    await heading(second.page, "My office");
    await expectAccessible(second.page);
    await second.page.getByRole("link", { name: "Look at it and sign: Move a contest’s deadline" }).click();
    await second.page.getByText("The hall was flooded.").waitFor();
    await second.page.getByText("Signed by Olwen Oak already.").waitFor();
    await expectAccessible(second.page);
    await button(second.page, "Sign and confirm").click();
    await heading(second.page, "It is on the record");
    expect(last()).toMatchObject({ type: "contest.move_deadline", body: { contest: "contest-5", closes: expect.stringMatching(/^2027-03-25T\d\d:00:00Z$/) as string, reasons: sha256("The hall was flooded.") } });
    expect(site.waiting).toEqual([]);
    await Promise.all([first, second].map(({ page }) => page.context().close()));
  });

  it("takes a request back that waits", async () => {
    const { page } = await openAs(olwen, "/account", { factor: true });
    await enrol(page);
    site.waiting.push({ id: "w", begun_by: olwen.reference, waits_for: sian.reference, since: "2027-03-01T12:00:00Z", request: { type: "contest.call", actor: { member: olwen.reference }, body: {} }, signatures: [], texts: [] });
    await page.goto(`${site.address}/office`);
    await button(page, "Take it back: Call a contest").click();
    await page.getByText("Nothing is waiting.").waitFor();
    expect(site.waiting).toEqual([]);
    await page.context().close();
  });

  it("signs nothing but what it has shown", async () => {
    const { page } = await openAs(olwen, "/account", { factor: true });
    await enrol(page);
    site.swaps = (text) => text.replace('"seats":1', '"seats":9');
    await page.goto(`${site.address}/office/contest.call?post=chair&seats=1`);
    await button(page, "Sign and confirm").click();
    await page.getByRole("heading", { name: "What is to be signed is not what you asked for" }).waitFor();
    expect(site.ledger.map(({ type }) => type)).not.toContain("contest.call");
    await page.context().close();
  });

  it("is told when the key is not in this browser", async () => {
    olwen.key = "ab".repeat(32);
    const { page } = await openAs(olwen, "/office", { factor: true });
    await page.getByText("Your signing key is not in this browser", { exact: false }).waitFor();
    await page.goto(`${site.address}/office/contest.call?post=chair&seats=1`);
    await button(page, "Sign and confirm").click();
    await page.getByRole("heading", { name: "You cannot sign in this browser" }).waitFor();
    expect(await page.getByRole("link", { name: "To my signing key" }).getAttribute("href")).toBe("/account#key");
    await page.context().close();
  });

  it("finds a member by name, and names a document by its hash without sending it", async () => {
    olwen.posts[0]!.duties.push("discipline");
    olwen.factors = [{ id: "app-1", kind: "app", added: "2027-02-01T12:00:00Z" }];
    const { page } = await openAs(olwen, "/office/case.open", { viewport: narrow });
    const sent: string[] = [];
    page.on("request", (request) => sent.push(request.postData() ?? ""));
    await heading(page, "Open a case");
    expect(await page.getByLabel("Rule", { exact: true }).locator("option").allTextContents()).toEqual(["Choose…", "respect", "safety"]);
    await page.getByLabel("Look up by name").fill("ash");
    await button(page, "Look up").click();
    await page.getByLabel("The password that your app shows now").fill("123456");
    await page.keyboard.press("Enter");
    await button(page, "Choose Ada Ash").click();
    expect(await page.getByLabel("Member", { exact: true }).inputValue()).toBe(ada.reference);
    await page.getByText("That is Ada Ash.").waitFor();
    const evidence = Buffer.from("what nobody else may read");
    await page.locator("#field-evidence-file").setInputFiles({ name: "evidence.txt", mimeType: "text/plain", buffer: evidence });
    await page.waitForFunction(() => (document.getElementById("field-evidence") as HTMLInputElement).value.length === 64);
    expect(await page.getByLabel("Fingerprint of the evidence", { exact: true }).inputValue()).toBe(sha256(evidence.toString()));
    await expectAccessible(page);
    expect(sent.join()).not.toContain("nobody else may read");
    await page.context().close();
  });

  it("acts for an organ as its secretary", async () => {
    const { page } = await openAs(sian, "/account", { factor: true });
    await enrol(page);
    await page.goto(`${site.address}/office/decision.take`);
    await page.getByText("Acting as secretary.").waitFor();
    await page.getByLabel("Organ", { exact: true }).selectOption("committee");
    await page.getByLabel("Title", { exact: true }).fill("A bench");
    await page.getByLabel("Text", { exact: true }).fill("There is to be a bench.");
    await page.getByLabel("Votes for").fill("5");
    await page.getByLabel("Votes against").fill("0");
    await button(page, "Check what will be on the record").click();
    await button(page, "Sign and confirm").click();
    await heading(page, "It is on the record");
    expect(last().body).toEqual({ organ: "committee", title: "A bench", hash: sha256("There is to be a bench."), yes: 5, no: 0 });
    await page.context().close();
  });
});

const script = `<img src=x onerror="window.hit=1"><script>window.hit=1</script>`;

it("runs no script that stands in a text or a name", async () => {
  olwen.name = script;
  site.petitions = [petition("petition-7", script, person(olwen))];
  site.contests = [contest("contest-5", script, "applications")];
  olwen.petitions = [{ petition: "petition-7", title: script, stage: "collecting", role: "opened" }];
  olwen.posts[0]!.title = script;
  site.refuses = () => ({ rule: script, reason: script });
  const { page } = await openAs(olwen, "/me");
  for (const address of ["/me", "/account", "/office", "/office/contest.move_deadline", "/me/petition.sign?petition=petition-7"]) {
    await page.goto(site.address + address);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForLoadState("networkidle");
    expect(await page.evaluate(() => (window as unknown as { hit?: number }).hit), address).toBeUndefined();
    expect(await page.locator("main img, main script, [onerror]").count(), address).toBe(0);
    expect(await page.locator("body").innerText(), address).toContain("<img src=x");
  }
  await page.context().close();
});
