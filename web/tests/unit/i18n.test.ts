// Both languages say everything, in every plural form that they have.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { languages, translator } from "../../src/i18n";
import { member } from "../../src/i18n/member";
import { site } from "../../src/i18n/site";
import { trustee } from "../../src/i18n/trustee";
import type { Plural } from "../../src/i18n/en";
import { root } from "../support/native";

type Messages = Record<string, string | Plural>;
const catalogues: [string, { en: Messages; cy: Messages }][] = [
  ["every page", languages],
  ["the pages about the organisation", site],
  ["the pages of trustees, registrar and returning officer", trustee],
  ["the pages for members", member],
];
const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort();
const texts = (message: string | Plural): string[] => (typeof message === "string" ? [message] : Object.values(message));

describe.each(catalogues)("what %s says", (_, both) => {
  const keys = Object.keys(both.en);
  it("has the same keys in both languages", () => {
    expect(Object.keys(both.cy).sort()).toEqual([...keys].sort());
  });

  it.each(["en", "cy"] as const)("has each plural form of %s, and no other", (language) => {
    const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories.sort();
    for (const key of keys) {
      const message = both[language][key]!;
      expect(typeof message, key).toBe(typeof both.en[key]);
      if (typeof message !== "string") expect(Object.keys(message).sort(), key).toEqual(categories);
    }
  });

  it("fills in the same values in both languages", () => {
    for (const key of keys) {
      const all = (language: "en" | "cy") => [...new Set(texts(both[language][key]!).flatMap(names))].sort();
      expect(all("cy").filter((name) => name !== "n"), key).toEqual(all("en").filter((name) => name !== "n"));
    }
  });

  it("leaves nothing untranslated", () => {
    const same = keys.filter((key) => JSON.stringify(both.en[key]) === JSON.stringify(both.cy[key]));
    expect(same).toEqual([]);
  });
});

it("chooses Welsh forms by the number", () => {
  const t = translator("cy");
  expect([0, 1, 2, 3, 6, 7].map((n) => t("start.questions", { n }))).toEqual([
    "Nid oes cwestiynau.",
    "Mae 1 cwestiwn.",
    "Mae 2 gwestiwn.",
    "Mae 3 chwestiwn.",
    "Mae 6 chwestiwn.",
    "Mae 7 cwestiwn.",
  ]);
});

it("writes dates in both languages", () => {
  const noon = new Date(2026, 2, 1, 9, 5).getTime();
  expect(translator("cy").time(noon)).toBe("dydd Sul, 1 Mawrth 2026 am 09:05");
  expect(translator("cy").day(noon)).toBe("1 Mawrth 2026");
  expect(translator("en").time(noon)).toMatch(/^Sunday,? 1 March 2026 at 09:05$/);
  expect(translator("en").day(noon)).toBe("1 March 2026");
});

it("has words for every act and every stage", () => {
  const folder = join(root, "src/charter/process");
  const source = readdirSync(folder).filter((name) => name.endsWith(".cpp")).map((name) => readFileSync(join(folder, name), "utf8")).join();
  const moves = [...source.matchAll(/\{"[a-z-]*", "([a-z_]+\.[a-z_]+)", "([a-z-]+)"/g)];
  const words = new Set(moves.flatMap(([, act, stage]) => [`act.${act}`, `stage.${stage}`]));
  for (const [, act] of source.matchAll(/\.name = "([a-z_]+\.[a-z_]+)"/g)) words.add(`act.${act}`);
  expect(words.size).toBeGreaterThan(150);
  const said = Object.keys(site.en).filter((key) => /^(act|stage)\./.test(key));
  expect(said.sort()).toEqual([...words].sort());
});

it("has words for every act as something to do, and for each field", () => {
  const folder = join(root, "src/charter/process");
  const processes = readdirSync(folder).filter((name) => name.endsWith(".cpp")).map((name) => readFileSync(join(folder, name), "utf8"));
  const words = new Set<string>();
  for (const source of processes) {
    const [, process] = source.match(/static const Process process\{\s*\.name = "([a-z]+)"/) ?? [];
    if (process) words.add(`process.${process}`);
    for (const [, act, who] of source.matchAll(/\.name = "([a-z_]+\.[a-z_]+)",\s*\.about = [^.]*?(?:\.[^w][^.]*?)*?\.who = \{By::(\w+)/g)) if (who !== "clock") words.add(`do.${act}`);
    const declared = source.slice(Math.max(source.indexOf(".acts = {"), 0));
    for (const [, one, other] of declared.matchAll(/\b(?:member|hash|title|count|time|flag|word|published|named|thing)\("([a-z_]+)"|of_kind\(Kind::\w+, "([a-z_]+)"/g)) words.add(`field.${one ?? other}`);
  }
  expect(words.size).toBeGreaterThan(200);
  const said = Object.keys(member.en).filter((key) => /^(do|process|field)\./.test(key));
  expect(said.sort()).toEqual([...words].sort());
});
