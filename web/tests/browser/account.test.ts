// Signing in, second factors and acts with the real server, over a small organisation of the program folkmoot.
import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import { expectAccessible, launch, narrow, open, wide } from "../support/browser";
import { Moot } from "../support/moot";

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

// By a link that really comes by mail.
async function signIn(page: Page, number: number): Promise<void> {
  await page.goto(`${moot.address}/sign-in`);
  await page.getByLabel("Your email address").fill(moot.email(number));
  const link = await moot.linkFor(number, () => button(page, "Send me a link").click());
  await heading(page, "Look at your mail");
  await page.goto(link);
  await button(page, "Sign in now").click();
  await page.getByText(/^Signed in: /).waitFor();
}

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
  await signIn(page, 8);
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
  const offers: string[] = [];
  page.on("response", (response) => {
    if (response.url().endsWith("/app/offer")) void response.json().then(({ uri }: { uri: string }) => offers.push(uri));
  });
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
  });
  await signIn(page, 1);
  await page.goto(`${moot.address}/account`);
  await button(page, "Add a passkey").click();
  await page.getByText("The passkey is added.", { exact: false }).waitFor();
  // From now on it takes the passkey to change anything.
  await button(page, "Add an app").click();
  await button(page, "Use a passkey").click();
  await page.getByLabel("The password that the app shows now").fill(await expect.poll(() => offers[0]).toBeTruthy().then(() => passwordOf(offers[0]!)));
  await button(page, "Add the app").click();
  await page.getByText("The app is added.", { exact: false }).waitFor();
  await expectAccessible(page);
  expect(await page.getByText(/^added on /).count()).toBe(2);
  expect(problems).toEqual([]);
  await page.context().close();
});
