// Hostile texts wherever others than the page's author write what it shows: nothing runs, and they stand there to be read.
// (The pages about the organisation: site.test.ts, over the real server's answers.)
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Page } from "playwright-core";
import type { CeremonyView, ExampleKeys, ExampleView, Tally } from "../../src/trustee/calls";
import { launch, narrow, open } from "../support/browser";
import { contest, petition, person } from "../support/fake_organisation";
import { expectHarmless, hostile } from "../support/hostile";
import { Election } from "../support/native";
import { TestServer } from "../support/server";
import { ada, button, enrol, heading, last, olwen, openAs, sian, site, useThree } from "../support/three";

const [first, second, third, fourth] = [1, 2, 3, 4].map(hostile) as [string, string, string, string];
const loaded = async (page: Page) => {
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.waitForLoadState("networkidle");
};

describe("an election", () => {
  const paper = {
    name: first,
    description: second,
    contests: [
      { kind: "ranking", question: first, candidates: [first, second, third], rule: "av", seats: 1 },
      { kind: "choice", question: second, candidates: [first, second], min: 1, max: 1, blank: true, rule: "plurality", seats: 1 },
      { kind: "lists", question: third, lists: [[first, second, third], [second, first]] },
    ],
  };
  let election: Election;
  let server: TestServer;
  let chromium: Awaited<ReturnType<typeof launch>>;
  let opened = "";

  beforeAll(async () => {
    election = new Election(2, paper);
    [server, chromium] = await Promise.all([TestServer.start(election), launch()]);
  });
  afterAll(async () => {
    await chromium?.close();
    await server?.stop();
    election?.remove();
  });

  it("is voted in", async () => {
    const { page, problems } = await open(chromium, narrow);
    const go = (name: string | RegExp) => page.getByRole("button", { name }).first().click();
    await page.goto(`${server.address}/vote/${election.uuid}`);
    await page.getByLabel("Your voting credential").fill(election.credentials[0]!);
    await expectHarmless(page, 2);
    await go("Continue");
    await go(/as number 1$/);
    await go(/as number 2$/);
    await expectHarmless(page, 4);
    await go("Continue");
    await page.getByRole("radio").first().check();
    await expectHarmless(page, 3);
    await go("Continue");
    await page.getByRole("radio").first().check();
    await page.getByRole("checkbox").first().check();
    await expectHarmless(page, 5);
    await go("Continue");
    await page.getByRole("heading", { name: "Check your answers" }).waitFor();
    await expectHarmless(page, 8);
    await go("Encrypt my ballot");
    await go("Open this ballot to test it");
    await page.locator("p", { hasText: "The server has noted" }).first().waitFor();
    await expectHarmless(page, 8);
    const [file] = await Promise.all([page.waitForEvent("download"), go("Save the opened ballot")]);
    opened = readFileSync(await file.path(), "utf8");
    await go("Make a new ballot");
    await go("Encrypt my ballot");
    server.problem = { status: 422, type: "refused", detail: fourth };
    await go("Cast this ballot");
    await page.getByRole("alert").waitFor();
    await expectHarmless(page);
    server.problem = null;
    await go("Try again");
    await page.getByRole("heading", { name: "You have voted" }).waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("is checked, with its outcome and a ballot that was opened", async () => {
    election.finish();
    const { page } = await open(chromium, narrow);
    await page.goto(`${server.address}/audit?election=${election.uuid}`);
    await loaded(page);
    await expectHarmless(page); // in the list of elections
    await button(page, "Check it").click();
    await page.getByRole("heading", { name: "Everything is right" }).waitFor();
    await expectHarmless(page, 6);
    await page.goto(`${server.address}/audit?check=ballot&election=${election.uuid}`);
    await page.getByLabel("Or its text").fill(opened);
    await button(page, "Check the ballot").click();
    await page.getByRole("heading", { name: "The device has encrypted just this" }).waitFor();
    await expectHarmless(page, 6);
    // What is wrong has the text of what was given.
    await page.goto(`${server.address}/audit?check=ballot&election=${election.uuid}&tracker=${encodeURIComponent(first)}`);
    await page.getByLabel("Or its text").fill(first);
    await expectHarmless(page, 2);
    await button(page, "Check the ballot").click();
    await page.getByRole("heading", { name: "This ballot is not what it says it is" }).waitFor();
    await expectHarmless(page, 0);
    await page.context().close();
  });

  const trustees = [1, 2].map((number) => ({ number, member: `m-${number}`, name: hostile(number), threshold: true, shuffled: number === 1, decrypted: false, decryption_key: "" }));
  const tally: Tally = { phase: "shuffling", election: first, group: "Ed25519", strict: true, trustees, needed: 2, shuffles: 1, decryptions: 0 };
  const ceremony: CeremonyView = { group: "Ed25519", trustees: 2, threshold: 2, waiting: "commitments", missing: [1, 2], seats: trustees, files: [third] };
  const people = [1, 2].map((number) => ({ name: hostile(number), role: fourth, member: `m-${number}` }));
  const example: ExampleView = { now: "2027-03-01T12:00:00Z", election: "", people };
  const voters = [{ election: "", member: "m-1", name: first, credential: second }];
  const keys: ExampleKeys = { people: [], trustees: [], voters };
  const answers: [RegExp, unknown][] = [
    [/session$/, { member: "m-1", name: first, language: "en", posts: [second], second_factor: true }],
    [/tally$/, tally],
    [/ceremonies\/c$/, ceremony],
    [/v1\/example$/, example],
    [/example\/keys$/, keys],
  ];
  it.each([
    ["/run", 1],
    ["/run/UUID", 3],
    ["/run?prepare=new", 3],
    ["/trustee", 2],
    ["/trustee?election=UUID", 1],
    ["/trustee?ceremony=c", 3],
    ["/example", 4],
  ])("is run, with its trustees: %s", async (address, atLeast) => {
    const { page, problems } = await open(chromium, narrow);
    for (const [path, value] of answers) await page.route(path, (route) => route.fulfill({ json: value }));
    await page.addInitScript((prepared) => localStorage.setItem("folkmoot.prepared", prepared), JSON.stringify({ ceremony: "c", election: first, question: second }));
    await page.goto(server.address + address.replace("UUID", election.uuid));
    await loaded(page);
    await expectHarmless(page, atLeast);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("has a roll that the registrar is given", async () => {
    const { page, problems } = await open(chromium, narrow);
    const quoted = (text: string) => `"${text.replace(/"/g, '""')}"`;
    const rolls: [string, string[]][] = [
      [`Number;Full name;E-mail;${quoted(first)}`, ["1", second, "one@example.org", third]], // with a column of no use
      [`Number;Full name;E-mail;Weight`, ["1", second, "one@example.org", third]],
    ];
    for (const [head, row] of rolls) {
      const roll = join(election.folder, "hostile.csv");
      writeFileSync(roll, `${head}\n${row.map(quoted).join(";")}\n`);
      await page.goto(`${server.address}/registrar`);
      await page.getByLabel("The roll, as CSV").setInputFiles(roll);
      await page.getByLabel("The drafted ballot paper").setInputFiles(join(election.folder, "public/drafted.json"));
      await button(page, "Make the credentials").click();
      await page.getByRole("alert").or(page.getByText("You have not saved everything yet.")).waitFor();
      await expectHarmless(page);
    }
    expect(problems).toEqual([]);
    await page.context().close();
  });
});

describe("members and officers", () => {
  useThree();

  it("read them on their pages and in their forms", async () => {
    ada.name = second;
    olwen.name = first;
    olwen.factors = [{ id: first, kind: "passkey", added: "2027-02-01T12:00:00Z" }];
    olwen.posts[0]!.title = first;
    olwen.elections = [{ election: "election-4", uuid: "abc", of: "contest-2", title: first, stage: "open", opens: "2027-03-01T09:00:00Z", closes: "2027-03-14T18:00:00Z", entitled: true }];
    olwen.applications = [{ application: "application-9", contest: "contest-5", post: "chair", title: first, stage: "standing" }];
    olwen.petitions = [{ petition: "petition-7", title: first, stage: "collecting", role: "opened" }];
    site.letters = [{ mail: first, fate: "failed", asked: "2027-03-01T11:00:00Z", attempts: 1, last: "2027-03-01T11:00:05Z", reply: first }];
    site.contests = [contest("contest-5", third, "applications")];
    site.petitions = [petition("petition-7", third, person(ada))];
    const { page, problems } = await openAs(olwen, "/account", { factor: true, viewport: narrow });
    await enrol(page);
    const filled = new URLSearchParams({ title: first, text: second, hash: second, reasons: third, name: first }).toString();
    const pages: [string, number][] = [
      ["/me", 3],
      ["/account", 2],
      ["/office", 1],
      [`/office/contest.move_deadline?${filled}`, 2],
      [`/office/member.admit?members=${encodeURIComponent(first)}`, 1],
      [`/me/petition.open?${filled}`, 2],
      ["/me/petition.sign?petition=petition-7", 1],
    ];
    for (const [address, atLeast] of pages) {
      await page.goto(site.address + address);
      await loaded(page);
      await expectHarmless(page, atLeast);
    }
    site.refuses = () => ({ rule: first, reason: second });
    await page.goto(`${site.address}/me/petition.sign?petition=petition-7`);
    await page.getByRole("heading", { name: "The rules do not allow it" }).waitFor();
    await expectHarmless(page);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("read them before they sign, and afterwards", async () => {
    const one = await openAs(olwen, "/account", { factor: true, viewport: narrow });
    const two = await openAs(sian, "/account", { factor: true, viewport: narrow });
    await Promise.all([enrol(one.page), enrol(two.page)]);
    olwen.name = first;
    sian.name = second;
    site.contests = [contest("contest-5", third, "applications")];
    await one.page.goto(`${site.address}/office/contest.move_deadline?contest=contest-5&closes=2027-03-25T18:00`);
    await one.page.getByLabel("Reasons", { exact: true }).fill(fourth);
    await one.page.getByLabel("The second person").selectOption({ index: 1 });
    await button(one.page, "Check what will be on the record").click();
    await button(one.page, "Sign and hand over").waitFor();
    await expectHarmless(one.page, 4);
    await button(one.page, "Sign and hand over").click();
    await heading(one.page, "You have signed, and it waits");
    await expectHarmless(one.page);
    await two.page.goto(`${site.address}/office/awaiting/${site.waiting[0]!.id}`);
    await button(two.page, "Sign and confirm").waitFor();
    await expectHarmless(two.page, 4);
    await button(two.page, "Sign and confirm").click();
    await heading(two.page, "It is on the record");
    expect(last().type).toBe("contest.move_deadline");
    await two.page.goto(`${site.address}/ledger`);
    await loaded(two.page);
    await expectHarmless(two.page, 2);
    expect([...one.problems, ...two.problems]).toEqual([]);
    for (const { page } of [one, two]) await page.context().close();
  });
});
