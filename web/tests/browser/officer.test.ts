// An officer's acts, alone and with a second person, over a site in memory.
import { describe, expect, it } from "vitest";
import { expectAccessible, narrow, wide } from "../support/browser";
import { ada, button, enrol, heading, last, olwen, openAs, sha256, sian, site, useThree } from "../support/three";

useThree();

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

  it.each([narrow, wide])("sees what goes on, what is late first, and goes from there to the act's form", async (viewport) => {
    const step = (act: string, more = {}) => ({ act, field: "contest", office: "returning-officer", organ: "", ...more });
    const since = "2027-02-01T12:00:00Z";
    olwen.work = [
      { thing: "contest-5", title: "Chair", stage: "applications", since, steps: [step("contest.move_deadline")] },
      { thing: "contest-9", title: "Treasurer", stage: "short", since, steps: [step("contest.reopen"), step("contest.abandon")] },
      { thing: "case-12", title: "", stage: "heard", since, steps: [step("case.dismiss", { field: "case", organ: "committee" })] },
    ];
    site.flags = [{ rule: "posts.treasurer.call_within", thing: "contest-9", message: "vacant since long ago" }];
    const { page, problems } = await openAs(olwen, "/office", { factor: true, viewport });
    const work = page.getByRole("region", { name: "What is going on" });
    const contests = work.locator(".card").first();
    await contests.getByText("vacant since long ago").waitFor();
    expect(await contests.locator(".rows > li > p > a").allTextContents()).toEqual(["Treasurer", "Chair"]);
    expect(await contests.getByRole("link", { name: "Treasurer", exact: true }).getAttribute("href")).toBe("/contests/contest-9");
    const dismiss = work.getByRole("link", { name: "Dismiss a case, The committee: case-12" });
    expect(await dismiss.getAttribute("href")).toBe("/office/case.dismiss?case=case-12&organ=committee&as=returning-officer");
    await expectAccessible(page);
    await contests.getByRole("link", { name: "Move a contest’s deadline: Chair" }).click();
    await heading(page, "Move a contest’s deadline");
    await page.getByText("Acting as returning officer.").waitFor();
    await page.locator("#field-contest option", { hasText: "contest-5" }).waitFor({ state: "attached" });
    expect(await page.locator("#field-contest").inputValue()).toBe("contest-5");
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("is told where nothing waits", async () => {
    const { page } = await openAs(olwen, "/office");
    await page.getByText("Nothing waits for your posts.").waitFor();
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
