// An election from the trustees' key to its result, each part of it on its page, with keyboards and downloads; the
// program folkmoot is behind the server's calls and verifies in the end.
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser, Locator, Page } from "playwright-core";
import { expectAccessible, launch, narrow, open, wide } from "../support/browser";
import { Duties } from "../support/duties";

const passphrase = "heron kettle violet ladder";

let browser: Browser;
let duties: Duties;
let officer: Page;
const trustees: Page[] = [];
const problems: string[] = [];

const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).press("Enter");
const heading = (page: Page, name: string | RegExp, level = 1) => page.getByRole("heading", { level, name }).waitFor();
const focused = (at: Locator) => expect.poll(() => at.evaluate((element) => element === document.activeElement)).toBe(true);
async function download(page: Page, name: string | RegExp): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent("download"), press(page, name)]);
  return readFileSync((await file.path())!, "utf8");
}
// A page of somebody's own browser.
async function as(member: string, viewport = wide, language = "en-GB"): Promise<Page> {
  const opened = await open(browser, viewport, language);
  const { page } = opened;
  await page.goto(`${duties.address}/example`);
  await page.getByRole("button", { name: member }).press("Enter");
  await page.getByText(`You are ${member}`).waitFor();
  page.on("close", () => problems.push(...opened.problems));
  return page;
}
// A page as it is, at both widths.
async function accessible(page: Page): Promise<void> {
  const before = page.viewportSize()!;
  for (const viewport of [narrow, wide]) {
    await page.setViewportSize(viewport);
    await expectAccessible(page);
  }
  await page.setViewportSize(before);
}

beforeAll(async () => {
  [duties, browser] = await Promise.all([Duties.start(), launch()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await duties?.stop();
});

describe("an election", () => {
  it("asks those who are not signed in to sign in", async () => {
    const { page } = await open(browser);
    await page.goto(`${duties.address}/trustee?ceremony=c1`);
    await heading(page, "Sign in first");
    expect(await page.locator("#main").getByRole("link", { name: "Sign in", exact: true }).getAttribute("href")).toBe("/sign-in?next=%2Ftrustee%3Fceremony%3Dc1");
    await accessible(page);
    await page.context().close();
  });

  it("begins with a ceremony that the officer sends to the trustees", async () => {
    officer = await as("Trustee 1");
    await accessible(officer);
    await press(officer, "A week");
    await officer.getByText(/21 March 2027/).waitFor();
    await officer.goto(`${duties.address}/run?prepare=new`);
    await heading(officer, "Prepare an election");
    await officer.getByLabel("How many of them must decrypt").fill("4");
    await press(officer, "Begin the ceremony");
    await officer.getByRole("alert").getByText(/no more needed than there are/).waitFor();
    await officer.getByLabel("How many of them must decrypt").fill("2");
    await press(officer, "Begin the ceremony");
    await officer.getByText("duties.contests: the returning officer of an election takes its steps", { exact: false }).waitFor();
    await accessible(officer);
    await focused(officer.getByRole("group", { name: "Begin the ceremony" }));
    expect(await officer.getByRole("link", { name: "elections.trustees" }).getAttribute("target")).toBe("_blank");
    await press(officer, "Change");
    await focused(officer.getByRole("button", { name: "Begin the ceremony" }));
    await press(officer, "Begin the ceremony");
    await press(officer, "Confirm: Begin the ceremony");
    await officer.getByText("The ceremony waits for trustees 1, 2, 3.").waitFor();
    await accessible(officer);
  });

  it("has trustees who join, each with a sealed key", async () => {
    for (const number of [1, 2, 3]) {
      const page = await as(`Trustee ${number}`, number === 2 ? narrow : wide);
      trustees.push(page);
      await page.goto(`${duties.address}/trustee?ceremony=c1`);
      await heading(page, "Key ceremony");
      if (number === 1) await accessible(page);
      await page.getByLabel(`Trustee ${number}`, { exact: true }).press("Space");
      await page.locator("#passphrase").fill("short");
      await press(page, "Join");
      await page.getByRole("alert").getByText(/at least 12 characters/).waitFor();
      await page.locator("#passphrase").fill(passphrase);
      await page.locator("#passphrase-again").fill(passphrase);
      await press(page, "Join");
      await page.getByText("Your key is kept in this browser.").waitFor();
      const saved = await download(page, "Save the sealed key");
      expect(JSON.parse(saved)).toMatchObject({ iterations: 600_000 });
    }
    // What was sent is public, and holds no seed.
    expect(duties.view().files).toContain("certs.jsons");
    await accessible(trustees[1]!);
  });

  it("goes on step by step; what was made and not heard of is sent again, and never made anew", async () => {
    const [first, second, third] = trustees as [Page, Page, Page];
    const step = async (page: Page, name: string, message: string) => {
      await page.reload();
      await page.locator("#passphrase").fill(passphrase);
      await press(page, name);
      const file = `${message}-${trustees.indexOf(page) + 1}.json`;
      await expect.poll(() => duties.view().files, { timeout: 60_000 }).toContain(file);
    };
    await step(first, "Commit", "commitment");
    await first.getByText(/sent; waiting for trustees 2, 3/).first().waitFor();
    await second.reload();
    await second.locator("#passphrase").fill(`${passphrase}s`);
    await press(second, "Commit");
    await second.getByRole("alert").getByText("That passphrase does not open this key").waitFor();
    duties.losing = true;
    await second.locator("#passphrase").fill(passphrase);
    await press(second, "Commit");
    await second.getByText(/The server could not be reached/).first().waitFor();
    duties.losing = false;
    await step(third, "Commit", "commitment");
    await third.getByRole("button", { name: "Reveal" }).waitFor({ timeout: 30_000 });
    // Whose answer was lost finds that it was sent; the polynomial kept is the one that was committed to.
    for (const page of trustees) await step(page, "Reveal", "polynomial");
    for (const page of trustees) await step(page, "Check the shares", "voutput");
    await third.getByRole("heading", { level: 1, name: "The key is made" }).waitFor({ timeout: 30_000 });
    expect(duties.view().waiting).toBe("nobody");
    await accessible(third);
  });

  it("has credentials that the registrar's page makes, and of which it sends nothing", async () => {
    await officer.reload();
    await officer.getByText("The key is made.").waitFor();
    await press(officer, "Draft the paper");
    await officer.getByRole("alert").getByText("Write the question").waitFor();
    await officer.getByLabel("The election", { exact: true }).fill("election-1");
    await officer.getByLabel("The question on it").fill("Who is to chair the quire?");
    await officer.route("**/elections/draft", (route) => route.fulfill({ body: "{}" }), { times: 1 });
    await press(officer, "Draft the paper");
    await press(officer, "Confirm: Draft the paper");
    await officer.getByRole("button", { name: "Save the paper for the registrar" }).waitFor();
    // Another question takes another paper.
    await officer.getByLabel("The question on it").fill("Who is to chair the choir?");
    expect(await officer.getByRole("button", { name: "Save the paper for the registrar" }).count()).toBe(0);
    await press(officer, "Draft the paper");
    await press(officer, "Confirm: Draft the paper");
    const paper = await download(officer, "Save the paper for the registrar");

    const { page: registrar } = await open(browser, narrow);
    await registrar.goto(`${duties.address}/registrar`);
    await heading(registrar, "Registrar");
    await accessible(registrar);
    await press(registrar, "Make the credentials");
    await registrar.getByRole("alert").getByText("Choose the roll").waitFor();
    const requests = duties.requests.length;
    // A spreadsheet's letters, which are not UTF-8.
    const roll = Buffer.from("Number;Full name;E-mail\n1;Si\xf4n Ash;sion@example.org\n2;Bob;bob@example.org\n3;Cai;cai@example.org\n", "latin1");
    await registrar.getByLabel("The roll, as CSV").setInputFiles({ name: "roll.csv", mimeType: "text/csv", buffer: roll });
    await registrar.getByLabel("The drafted ballot paper").setInputFiles({ name: "drafted.json", mimeType: "application/json", buffer: Buffer.from(paper) });
    await press(registrar, "Make the credentials");
    await heading(registrar, "3 credentials made");
    await registrar.getByText("You have not saved everything yet.").waitFor();
    await accessible(registrar);
    const publics = await download(registrar, "Save the public list");
    const privates = await download(registrar, "Save the credentials");
    const mail = await download(registrar, "Save the list for the letters");
    expect(mail).toContain("Siôn Ash,sion@example.org");
    expect(await registrar.getByText("You have not saved everything yet.").count()).toBe(0);
    expect(duties.requests.slice(requests).filter((request) => !/^GET \/assets\//.test(request))).toEqual([]);
    const hash = await registrar.locator("p.code").innerText();
    await registrar.context().close();

    await officer.getByLabel("The registrar’s public list").setInputFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from("[]") });
    await officer.getByRole("alert").getByText(/no list of public credentials/).waitFor();
    await officer.getByLabel("The registrar’s public list").setInputFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from(publics) });
    await officer.getByText(`SHA-256 of the list: ${hash}`).waitFor();
    await press(officer, "Make the election");
    await officer.getByText("elections.trustees: at least so many trustees", { exact: false }).waitFor();
    await officer.getByText(`3; SHA-256 ${hash}`, { exact: true }).waitFor();
    await accessible(officer);
    await press(officer, "Confirm: Make the election");
    await heading(officer, "The election is made");
    expect(await officer.getByRole("link", { name: "Go on to the act" }).getAttribute("href")).toMatch(/^\/office\/election\.open\?election=election-1&fingerprint=(ab){32}$/);
    await duties.vote(privates.trim().split(/\r?\n/).slice(1).map((line) => line.split(",")[1]!));
  });

  it("is closed, shuffled, decrypted and declared, each step saying what will be on the record", async () => {
    await officer.getByRole("link", { name: "Timeline" }).click();
    await heading(officer, "Running an election Chair");
    await officer.getByText("The committee · election-1").waitFor();
    await accessible(officer);
    const run = officer.url();
    await officer.goto(`${duties.address}/run`);
    await officer.getByText("The committee · election-1").waitFor();
    await accessible(officer);
    await officer.getByRole("link", { name: "Chair", exact: true }).click();
    await officer.waitForURL(run);
    // Without the ledger, the page says what it cannot show.
    await officer.getByRole("button", { name: "End the voting" }).waitFor();
    await officer.route("**/api/v1/ledger*", (route) => route.fulfill({ status: 500, json: {} }), { times: 1 });
    await officer.reload();
    await press(officer, "End the voting");
    await officer.getByText(/the ledger could not be read/).waitFor();
    await officer.reload();
    await press(officer, "End the voting");
    await officer.getByText(/No ballot can enter after it/).waitFor();
    await officer.getByText("elections: they became its returning officer by act 7, election.prepare").waitFor();
    await officer.getByText("contests.chair.ballot: the time to vote is over, by act 9, election.close").waitFor();
    await accessible(officer);
    await press(officer, "Confirm: End the voting");
    await officer.getByText("The votes are being shuffled").waitFor();

    const uuid = officer.url().split("/").pop()!;
    // All trustees see the same hash; the page with it is as accessible as the others.
    const closings = new Set<string>();
    const compare = async (page: Page) => {
      await page.getByRole("heading", { name: "Compare before it is sent" }).waitFor({ timeout: 120_000 });
      closings.add(await page.locator("code.code").innerText());
      await accessible(page);
      await press(page, "It is the same: send");
    };
    const part = async (page: Page, name: string) => {
      await page.goto(`${duties.address}/trustee?election=${uuid}`);
      await page.locator("#passphrase").fill(passphrase);
      await press(page, name);
      await compare(page);
      await page.getByRole("heading", { name: "Your part is in the record" }).waitFor({ timeout: 120_000 });
    };
    await trustees[0]!.goto(`${duties.address}/trustee?election=${uuid}`);
    await heading(trustees[0]!, "Your part in the tally Chair");
    await accessible(trustees[0]!);
    await trustees[0]!.locator("#passphrase").fill("not the right one");
    await press(trustees[0]!, "Verify the record and shuffle");
    await trustees[0]!.getByRole("alert").getByText("That passphrase does not open this key").waitFor();
    await part(trustees[0]!, "Verify the record and shuffle");
    await part(trustees[1]!, "Verify the record and shuffle");
    await press(officer, "Look again");
    await officer.getByText(/Shuffled: 1 \(Trustee 1\), 2 \(Trustee 2\)/).waitFor();
    await press(officer, "End the shuffling");
    await press(officer, "Confirm: End the shuffling");
    await officer.getByText("0 partial decryptions of 2.").waitFor();

    // A key from its file, in another browser and language.
    const sealed = await (async () => {
      await trustees[2]!.goto(`${duties.address}/trustee`);
      await heading(trustees[2]!, "Trustees");
      await accessible(trustees[2]!);
      return download(trustees[2]!, "Save the sealed key");
    })();
    const elsewhere = await as("Trustee 3", narrow);
    await elsewhere.goto(`${duties.address}/trustee?election=${uuid}`);
    await elsewhere.getByText("Use a key from a file").first().click();
    await elsewhere.getByLabel("Use a key from a file").setInputFiles({ name: "key.json", mimeType: "application/json", buffer: Buffer.from(sealed) });
    await elsewhere.locator("#key-file-passphrase").fill(passphrase);
    await press(elsewhere, "Use this key");
    await elsewhere.getByLabel("Key of trustee 3 of the ceremony c1").waitFor();
    await elsewhere.locator("#passphrase").fill(passphrase);
    await press(elsewhere, "Verify the record and decrypt");
    await compare(elsewhere);
    await elsewhere.getByRole("heading", { name: "Your part is in the record" }).waitFor({ timeout: 120_000 });
    await part(trustees[0]!, "Verify the record and decrypt");
    expect([...closings]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);

    await press(officer, "Look again");
    await press(officer, "Compute the result");
    await officer.getByText("elections.threshold: so many trustees have decrypted: 2").waitFor();
    await press(officer, "Confirm: Compute the result");
    await officer.getByText("The result is in the record").first().waitFor();
    await press(officer, "Verify and count");
    expect(await officer.getByRole("link", { name: "Go on to the act" }).getAttribute("href")).toContain("/office/election.declare?election=election-1&record=00");
    await accessible(officer);
    await officer.goto(`${duties.address}/run`);
    await officer.getByRole("link", { name: "Chair", exact: true }).waitFor();
    await accessible(officer);
    expect(duties.moot.verifyRecord(duties.record, "--strict", duties.record.replace(/bel$/, "strict.json")).status).toBe(0);
  });

  it("lets no secret leave a browser", async () => {
    await trustees[2]!.goto(`${duties.address}/trustee`);
    await trustees[2]!.getByText("Take the key to the command line").first().click();
    await trustees[2]!.locator("#open-c1").fill(passphrase);
    await press(trustees[2]!, "Open the key");
    const seed = (await download(trustees[2]!, "Save the unsealed key")).trim();
    expect(seed).toMatch(/^[1-9A-HJ-NP-Za-km-z]{22}$/);
    const sent = duties.bodies.join("\n");
    expect(sent).not.toContain(seed);
    expect(sent).not.toContain(passphrase);
    expect(sent.length).toBeGreaterThan(10_000);
    for (const page of trustees) await page.close();
    expect(problems).toEqual([]);
  });
});

it("speaks Welsh on each of these pages", async () => {
  const { page } = await open(browser, wide, "cy-GB");
  await page.context().addCookies([{ name: "member", value: "m-1", url: duties.address }]);
  for (const [address, title] of [
    ["/trustee", "Ymddiriedolwyr"],
    ["/trustee?ceremony=c1", "Mae’r allwedd wedi’i gwneud"],
    ["/registrar", "Cofrestrydd"],
    ["/run", "Cynnal etholiad"],
    ["/run?prepare=new", "Paratoi etholiad"],
    ["/example", "Y sefydliad enghreifftiol"],
  ] as const) {
    await page.goto(duties.address + address);
    await heading(page, title);
    expect(await page.locator("main").innerText(), address).not.toMatch(/\b(duty|key|pass|trustee|ceremony|tally|registrar|run|prepare|example)\.[a-z]+/);
  }
  await page.context().close();
});
