// Signing in and second factors with the real server, over a small organisation of the program folkmoot.
import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import { expectAccessible, launch, narrow, open, wide } from "../support/browser";
import { Moot } from "../support/moot";
import { addPasskey, signIn } from "../support/sign_in";

let browser: Browser;
let moot: Moot;

beforeAll(async () => {
  [moot, browser] = await Promise.all([Moot.start(), launch()]);
});
afterAll(async () => {
  await browser?.close();
  await moot?.stop();
});

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: typeof name === "string" });
const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name }).waitFor();

// RFC 6238, with what an otpauth URI says.
function passwordOf(uri: string, time = Date.now()): string {
  const { searchParams } = new URL(uri);
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...searchParams.get("secret")!].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const secret = Buffer.from(bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(time / 1000 / Number(searchParams.get("period")))));
  const mac = createHmac(searchParams.get("algorithm")!.toLowerCase(), secret).update(counter).digest();
  const at = mac[mac.length - 1]! & 15;
  const digits = Number(searchParams.get("digits"));
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 10 ** digits).padStart(digits, "0");
}

it("signs in by mail, once with each link, and out", async () => {
  const { page, problems } = await open(browser, narrow);
  await page.goto(`${moot.address}/sign-in`);
  await page.getByLabel("Your email address").fill("nobody@example.org");
  await button(page, "Send me a link").click();
  await heading(page, "Look at your mail"); // the same as for a member
  await signIn(page, moot, 8);
  await page.getByText("Signed in: Hana Hazel").waitFor();
  await page.goto(`${moot.address}/account`);
  await page.getByText("A link to sign in").waitFor();
  await page.waitForLoadState("networkidle");
  await expectAccessible(page);
  await button(page, "Sign out").click();
  await page.getByRole("link", { name: "Sign in", exact: true }).waitFor();
  expect(problems).toEqual([]);
  await page.context().close();
});

it("adds an app and a passkey, and shows each", async () => {
  const { page, problems } = await open(browser, wide);
  await signIn(page, moot, 1);
  await addPasskey(page, moot);
  // From now on it takes the passkey to change anything.
  await button(page, "Add an app").click();
  const offered = page.waitForResponse((response) => response.url().endsWith("/app/offer") && response.ok());
  await button(page, "Use a passkey").click();
  const { uri } = (await (await offered).json()) as { uri: string };
  await page.getByRole("img", { name: "The app’s secret as a QR code" }).waitFor();
  await page.getByLabel("The password that the app shows now").fill(passwordOf(uri));
  await button(page, "Add the app").click();
  await page.getByText("The app is added.", { exact: false }).waitFor();
  await expectAccessible(page);
  expect(await page.getByText(/^added on /).count()).toBe(2);
  // The app's password is taken as proof, too; and not twice: so the next one.
  await button(page, "Sign out").click();
  await page.getByRole("link", { name: "Sign in", exact: true }).waitFor();
  await signIn(page, moot, 1);
  await page.goto(`${moot.address}/account`);
  await page.getByRole("button", { name: "Remove: Passkey" }).click();
  await button(page, "Yes, remove it").click();
  await page.getByLabel("The password that your app shows now").fill(passwordOf(uri, Date.now() + 30_000));
  await button(page, "Go on").click();
  await page.getByText("It is removed.", { exact: false }).waitFor();
  expect(await page.getByText(/^added on /).count()).toBe(1);
  expect(problems).toEqual([]);
  await page.context().close();
});
