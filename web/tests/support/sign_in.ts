// A member of a Moot in a browser: signed in by mail, with a passkey, with a signing key.
import type { Page } from "playwright-core";
import type { Moot } from "./moot";

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

// By a link that really comes by mail.
export async function signIn(page: Page, moot: Moot, number: number): Promise<void> {
  await page.goto(`${moot.address}/sign-in`);
  await page.getByLabel("Your email address").fill(moot.email(number));
  const link = await moot.linkFor(number, () => button(page, "Send me a link").click());
  await page.getByRole("heading", { level: 1, name: "Look at your mail" }).waitFor();
  await page.goto(link);
  await button(page, "Sign in now").click();
  await page.getByText(/^Signed in: /).waitFor();
}

// Of a device that has passkeys, and whose owner agrees to everything.
export async function giveAuthenticator(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
  });
}

export async function addPasskey(page: Page, moot: Moot): Promise<void> {
  await giveAuthenticator(page);
  await page.goto(`${moot.address}/account`);
  await button(page, "Add a passkey").click();
  await page.getByText("The passkey is added.", { exact: false }).waitFor();
}

// Adds one and shows it in this session: on one page, as Chromium's pretended authenticator does not outlast it.
export async function showPasskey(page: Page, moot: Moot): Promise<void> {
  await addPasskey(page, moot);
  await button(page, "Add an app").click();
  await button(page, "Use a passkey").click();
  await page.getByRole("img", { name: "The app’s secret as a QR code" }).waitFor();
}

export async function enrolKey(page: Page, moot: Moot): Promise<void> {
  await page.goto(`${moot.address}/account`);
  await button(page, "Make a signing key").click();
  await button(page, "Sign and confirm").click();
  await page.getByRole("heading", { level: 1, name: "It is on the record" }).waitFor();
}
