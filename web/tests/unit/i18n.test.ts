// Both languages say everything, in every plural form that they have.
import { expect, it } from "vitest";
import { languages, translator, type Key } from "../../src/i18n";
import type { Plural } from "../../src/i18n/en";

const keys = Object.keys(languages.en) as Key[];
const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort();
const texts = (message: string | Plural): string[] => (typeof message === "string" ? [message] : Object.values(message));

it("has the same keys in both languages", () => {
  expect(Object.keys(languages.cy).sort()).toEqual([...keys].sort());
});

it.each(["en", "cy"] as const)("has each plural form of %s, and no other", (language) => {
  const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories.sort();
  for (const key of keys) {
    const message = languages[language][key];
    expect(typeof message, key).toBe(typeof languages.en[key]);
    if (typeof message !== "string") expect(Object.keys(message).sort(), key).toEqual(categories);
  }
});

it("fills in the same values in both languages", () => {
  for (const key of keys) {
    const all = (language: "en" | "cy") => [...new Set(texts(languages[language][key]).flatMap(names))].sort();
    expect(all("cy").filter((name) => name !== "n"), key).toEqual(all("en").filter((name) => name !== "n"));
  }
});

it("leaves nothing untranslated", () => {
  const same = keys.filter((key) => JSON.stringify(languages.en[key]) === JSON.stringify(languages.cy[key]));
  expect(same).toEqual([]);
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
