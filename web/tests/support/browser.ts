// Debian's Chromium, and what every test of a page asks of it.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { afterEach, expect } from "vitest";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const narrow = { width: 320, height: 640 };
export const wide = { width: 1280, height: 900 };

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

// What no page may do, whatever a test is about: ask anybody but the server that it came from, do what the policy forbids,
// open a dialog.
const strayed: string[] = [];
afterEach(() => expect(strayed.splice(0)).toEqual([]));

function watch(context: BrowserContext): void {
  let home = "";
  context.on("request", (request) => {
    const { origin } = new URL(request.url()); // of a blob's, where it was made
    home ||= origin;
    if (origin !== home) strayed.push(request.url());
  });
  context.on("console", (message) => {
    if (/Content Security Policy/i.test(message.text())) strayed.push(message.text());
  });
  context.on("dialog", (dialog) => {
    if (dialog.type() === "beforeunload") return void dialog.accept();
    strayed.push(dialog.message());
    void dialog.dismiss();
  });
}

// A page of its own, with nothing stored. What it reports as an error fails the test in `problems`.
export async function open(browser: Browser, viewport = wide, language = "en-GB", more = {}): Promise<{ page: Page; problems: string[] }> {
  const context = await browser.newContext({ viewport, locale: language, serviceWorkers: "block", ...more });
  context.setDefaultTimeout(10_000);
  watch(context);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) problems.push(message.text());
  });
  return { page, problems };
}

interface Finding {
  id: string;
  nodes: { html: string; failureSummary: string }[];
}

// With text at so many per cent of its size, nothing is wider than the screen or beyond its edge, but for tables that
// scroll by themselves, and nothing is cut off.
async function expectFits(page: Page, percent: number): Promise<void> {
  const found = await page.evaluate((size) => {
    const root = document.documentElement;
    root.style.fontSize = size;
    const screen = root.clientWidth;
    const shown = [...document.querySelectorAll("body *")].filter((one) => !one.closest(".hidden, .skip, svg"));
    const cut = shown.filter((one) => {
      const { left, right } = one.getBoundingClientRect();
      const { overflowX, overflowY } = getComputedStyle(one);
      const hides = [overflowX, overflowY].some((overflow) => overflow === "hidden" || overflow === "clip");
      const tooLarge = one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight;
      return (hides && tooLarge && !one.matches("input, select, textarea")) || (!one.parentElement!.closest(".scroll, pre") && (left < -1 || right > screen + 1));
    });
    const wider = root.scrollWidth - screen;
    root.style.fontSize = "";
    return [...(wider > 0 ? [`${wider} pixels wider than the screen`] : []), ...cut.map((one) => one.outerHTML.slice(0, 200))];
  }, `${percent}%`);
  expect(found, `with text at ${percent}%`).toEqual([]);
}

// axe finds nothing, and all is there: on a narrow screen light and with text of twice the size, too; on a wide one dark.
export async function expectAccessible(page: Page): Promise<void> {
  const isNarrow = page.viewportSize()!.width === narrow.width;
  await page.emulateMedia({ colorScheme: isNarrow ? "light" : "dark" });
  // The policy of the page forbids scripts from elsewhere; an isolated world is not bound by it.
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send("Page.getFrameTree");
  const { executionContextId } = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id, worldName: "axe" });
  await session.send("Runtime.evaluate", { contextId: executionContextId, expression: axeSource });
  const { result } = await session.send("Runtime.evaluate", {
    contextId: executionContextId,
    expression: "axe.run(document, { resultTypes: ['violations'] }).then((found) => JSON.stringify(found.violations))",
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  const found = JSON.parse(result.value as string) as Finding[];
  expect(found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join("; ")}`)).toEqual([]);
  for (const percent of isNarrow ? [100, 200] : [100]) await expectFits(page, percent);
}
