// Debian's Chromium, and what every test of a page asks of it.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { chromium, type Browser, type Page } from "playwright-core";
import { expect } from "vitest";

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

// A page of its own, with nothing stored. What it reports as an error fails the test in `problems`.
export async function open(browser: Browser, viewport = wide, language = "en-GB", more = {}): Promise<{ page: Page; problems: string[] }> {
  const context = await browser.newContext({ viewport, locale: language, serviceWorkers: "block", ...more });
  context.setDefaultTimeout(10_000);
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

// axe finds nothing, and nothing is wider than the screen.
export async function expectAccessible(page: Page): Promise<void> {
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
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow, "wider than the screen").toBe(0);
}
