// Texts that somebody enters to have them do something in others' pages, and whether they do nothing but stand there.
import { expect } from "vitest";
import type { Page } from "playwright-core";

const start = "<img src=x";
// For names that must differ, with a number.
export const hostile = (number = 1) =>
  `${start} onerror="window.hit=1;alert(1)"><script>window.hit=1</script>"'><svg onload=window.hit=1>&lt;javascript:window.hit=1//\u202e${number}`;

// The value with such a text for every one that `chosen` takes, by its name and value.
export function infected(value: unknown, chosen: (name: string, text: string) => boolean, name = ""): unknown {
  if (typeof value === "string") return chosen(name, value) ? hostile() : value;
  if (Array.isArray(value)) return value.map((one) => infected(one, chosen, name));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, infected(one, chosen, key)]));
}

// The page shows at least so many of them, letter by letter; none has run, is an element or leads anywhere, and none turns
// the direction of what stands beside it. (What asks others or opens a dialog fails every test: browser.ts.)
export async function expectHarmless(page: Page, atLeast = 1): Promise<void> {
  const where = page.url();
  const found = await page.evaluate(() => {
    const texts: string[] = [];
    const turned: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const box = node.parentElement!;
      texts.push(node.textContent!);
      if (!node.textContent!.includes("\u202e") || box.closest("option, textarea")) continue;
      // It ends where its element does, and has no other text beside it in there.
      const { display, unicodeBidi } = getComputedStyle(box);
      const ends = display !== "inline" || unicodeBidi === "isolate";
      const beside = [...box.childNodes].filter((one) => one !== node && one.textContent!.trim() !== "" && !(one instanceof Element && getComputedStyle(one).display === "block"));
      if (!ends || (beside.length > 0 && !/flex|grid/.test(display))) turned.push(box.outerHTML);
    }
    const values = [...document.querySelectorAll<HTMLInputElement>("input, textarea")].map(({ value }) => value);
    return {
      ran: "hit" in window,
      elements: document.querySelectorAll("main img, main script, [onerror], [onload], [href^='javascript:' i], [src^='javascript:' i]").length,
      shown: [...texts, ...values].join("\n"),
      turned,
    };
  });
  expect.soft(found, where).toMatchObject({ ran: false, elements: 0, turned: [] });
  expect.soft(found.shown.split(start).length - 1, where).toBeGreaterThanOrEqual(atLeast);
}
