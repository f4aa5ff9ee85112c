// What the page of the charter reads out of its text, and which act brought which version.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { charterInForce, charterVersions, passagesOf } from "../../src/site/charter_text";
import { placeOf } from "../../src/site/parts";
import type { Motion, Organisation } from "../../src/site/schema";
import { root } from "../support/native";

it("reads passages with their rules and remarks", () => {
  const text = `# The top.
name = "A \\"b\\" [c"  # not this
privileged = ["chair", "treasurer"]

# Organs ------

[organs.meeting]
quorum = 2
# Why.
composition = [
  { share = "1/2", elected_by = "members" },  # and so
]
`;
  expect(passagesOf(text)).toEqual([
    { name: "", remarks: ["The top."], rules: [{ key: "name", value: '"A \\"b\\" [c"' }, { key: "privileged", value: "chair, treasurer" }] },
    { name: "organs.meeting", remarks: ["Organs", "Why."], rules: [{ key: "quorum", value: "2" }, { key: "composition", value: "share: 1/2, elected by: members" }] },
  ]);
  expect(passagesOf("")).toEqual([]);
});

it.each(readdirSync(join(root, "examples")).filter((name) => name.endsWith(".toml")))("leaves out nothing that %s says", (name) => {
  const text = readFileSync(join(root, "examples", name), "utf8");
  const passages = passagesOf(text);
  expect(passages.map((passage) => passage.name).filter(Boolean)).toEqual([...text.matchAll(/^\[(.*)\]$/gm)].map(([, table]) => table));
  expect(passages.flatMap(({ rules }) => rules.map(({ key }) => key))).toEqual([...text.matchAll(/^([a-z_-]+) = /gm)].map(([, key]) => key));
  for (const { rules } of passages) for (const { value } of rules) expect(value).not.toBe("");
});

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
afterEach(() => vi.unstubAllGlobals());

it("knows each version by its hash, and by which act it came", async () => {
  vi.stubGlobal("fetch", async () => Response.json({ acts: 9, entries: [{ body: { text: "one" }, time: "2027-01-01T00:00:00Z" }] }));
  const motion = (id: string, stage: string, text: string) => ({ id, stage, text, since: "2027-02-01T00:00:00Z" }) as Motion;
  const motions = [motion("motion-8", "debate", "three"), motion("motion-5", "rejected", "two"), motion("motion-3", "in-force", "two")];
  const organisation = { charters: [sha256("one"), sha256("two")] } as Organisation;
  const versions = await charterVersions(organisation, motions);
  expect(versions.map(({ version, text, motion: by }) => [version, text, by?.id])).toEqual([[1, "one", undefined], [2, "two", "motion-3"]]);
  expect(await charterInForce(organisation, motions)).toBe("two");
  // A server that shows another text than the one on the record shows none.
  expect(await charterInForce({ charters: [sha256("other")] } as Organisation, motions)).toBe("");
});

it("knows by which act a text came back", async () => {
  vi.stubGlobal("fetch", async () => Response.json({ acts: 9, entries: [{ body: { text: "one" }, time: "2027-01-01T00:00:00Z" }] }));
  const motion = (id: string, text: string, since: string) => ({ id, stage: "in-force", text, since }) as Motion;
  const motions = [motion("motion-4", "two", "2027-04-01T00:00:00Z"), motion("motion-5", "one", "2027-03-01T00:00:00Z"), motion("motion-6", "two", "2027-02-01T00:00:00Z")];
  const versions = await charterVersions({ charters: ["one", "two", "one", "two"].map(sha256) } as Organisation, motions);
  expect(versions.map(({ text, motion: by }) => [text, by?.id])).toEqual([["one", undefined], ["two", "motion-6"], ["one", "motion-5"], ["two", "motion-4"]]);
});

it("has a place for every rule, if only what it is a part of", () => {
  const places = ["name", "organs.meeting", "organs.meeting.quorum", "discipline", "contests.yearly", "contests.yearly.notice"];
  const found = ["organs.meeting.quorum", "organs.meeting.above", "discipline.panel", "contests.leader.notice", "contests", "organ", "act-7"].map((name) => placeOf(name, places));
  expect(found).toEqual(["organs.meeting.quorum", "organs.meeting", "discipline", "contests.yearly", "contests.yearly", undefined, undefined]);
});
