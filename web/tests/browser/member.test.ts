// The pages for members, over a site in memory: all of them at both widths and in Welsh, and a member's acts.
import { describe, expect, it } from "vitest";
import { expectAccessible, narrow, open, wide } from "../support/browser";
import { person } from "../support/fake_organisation";
import { ada, browser, button, heading, last, olwen, openAs, sha256, sian, site, useThree } from "../support/three";

useThree();

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

  it("is not led by a link for one thing to the draft of another", async () => {
    const { page } = await openAs(ada, "/me/application.submit?contest=contest-5");
    const statement = page.getByLabel("Statement", { exact: true });
    await statement.fill("For contest 5.");
    await page.goto(`${site.address}/me/application.submit?contest=contest-6`);
    await heading(page, "Apply");
    expect(await statement.inputValue()).toBe("");
    // For its own it is still there, as nothing else was entered.
    await page.goto(`${site.address}/me/application.submit?contest=contest-5`);
    await heading(page, "Check what will be on the record");
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
