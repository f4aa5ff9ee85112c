// Signing in, and the account: second factors, mails, keys; over a site in memory.
import { describe, expect, it } from "vitest";
import { expectAccessible, narrow, open } from "../support/browser";
import { ada, browser, button, enrol, heading, last, openAs, sian, site, useThree } from "../support/three";

useThree();

describe("signing in", () => {
  it("says when a link has been used, and offers another", async () => {
    const link = site.link(ada);
    site.tokens.clear();
    const { page } = await open(browser);
    await page.goto(link);
    await button(page, "Sign in now").click();
    await heading(page, "This link does not work any more");
    await expectAccessible(page);
    await page.getByLabel("Your email address").fill("ada.ash@example.org");
    await button(page, "Send me a link").click();
    await heading(page, "Look at your mail");
    await page.context().close();
  });

  it("goes back to where one was, in the tab of the link and in the first one", async () => {
    const { page } = await open(browser);
    await page.goto(`${site.address}/me/petition.sign?petition=petition-7`);
    await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
    await page.getByLabel("Your email address").fill("ada.ash@example.org");
    await button(page, "Send me a link").click();
    await heading(page, "Look at your mail");
    const other = await page.context().newPage();
    await other.goto(site.link(ada));
    await button(other, "Sign in now").click();
    for (const one of [other, page]) {
      await heading(one, "Check what will be on the record");
      expect(one.url()).toBe(`${site.address}/me/petition.sign?petition=petition-7`);
    }
    await page.context().close();
  });

  it("signs in at a provider, if there is one, and says so if that did not work", async () => {
    const { page, problems } = await open(browser, narrow);
    await page.goto(`${site.address}/sign-in`);
    await button(page, "Send me a link").waitFor();
    expect(await button(page, /Sign in with/).count()).toBe(0);

    site.provider = "Moot ID";
    await page.goto(`${site.address}/me/petition.sign?petition=petition-7`);
    await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
    await button(page, "Sign in with Moot ID").click();
    await page.getByRole("alert").getByText("You could not be signed in with that account").waitFor();
    expect(page.url()).toBe(`${site.address}/sign-in`);
    await expectAccessible(page);

    site.provides = ada;
    await button(page, "Sign in with Moot ID").click();
    await heading(page, "Check what will be on the record");
    expect(page.url()).toBe(`${site.address}/me/petition.sign?petition=petition-7`);
    await page.getByText("Signed in: Ada Ash").waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("says what kept a provider from answering, in Welsh too", async () => {
    const { page } = await open(browser, narrow, "cy");
    await page.goto(`${site.address}/sign-in?provider=unavailable`);
    await page.getByRole("alert").getByText("yn ateb nawr").waitFor();
    await page.goto(`${site.address}/sign-in?provider=done`); // without a session
    await page.getByRole("alert").getByText("Ni ellid eich mewngofnodi").waitFor();
    await page.context().close();
  });

  it("leads to pages of this site only", async () => {
    for (const next of ["https://evil.example/", "//evil.example/", "/\\evil.example", "/.//evil.example", "javascript:alert(1)"]) {
      const { page } = await open(browser);
      await page.goto(`${site.address}/sign-in?next=${encodeURIComponent(next)}`);
      await page.getByLabel("Your email address").fill("ada.ash@example.org");
      await button(page, "Send me a link").click();
      await heading(page, "Look at your mail");
      await page.goto(site.link(ada));
      await button(page, "Sign in now").click();
      await page.getByText("Signed in: Ada Ash").waitFor();
      expect(new URL(page.url()).origin, next).toBe(site.address);
      await page.context().close();
    }
  });

  it("signs out, and takes what was entered out of the browser", async () => {
    const { page } = await openAs(ada, "/me/application.submit?contest=contest-5");
    await page.getByLabel("Statement", { exact: true }).fill("I know every tide.");
    expect(await page.evaluate(() => JSON.stringify(localStorage))).toContain("every tide");
    await page.goto(`${site.address}/account`);
    await button(page, "Sign out").click();
    await page.getByRole("link", { name: "Sign in" }).waitFor();
    expect(site.sessions.size).toBe(0);
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain("every tide");
    await page.context().close();
  });

  it("asks nothing about a session of those who have none", async () => {
    const { page } = await open(browser);
    const calls: string[] = [];
    page.on("request", (request) => calls.push(new URL(request.url()).pathname));
    await page.goto(`${site.address}/petitions`);
    await page.getByRole("link", { name: "Sign in", exact: true }).waitFor();
    await page.getByText("A bench at the quay").waitFor();
    expect(calls).not.toContain("/api/v1/session");
    await page.context().close();
  });
});

describe("the account", () => {
  it("adds an app, which is then asked for, and removes it", async () => {
    const { page } = await openAs(ada, "/account");
    await button(page, "Add an app").click();
    await page.getByRole("img", { name: "The app’s secret as a QR code" }).waitFor();
    await page.getByText("JBSW Y3DP EHPK 3PXP").waitFor();
    await expectAccessible(page);
    const password = page.getByLabel("The password that the app shows now");
    await password.fill("12 34");
    await button(page, "Add the app").click();
    await page.getByRole("link", { name: "Enter the six digits that the app shows" }).waitFor();
    await password.fill("999999");
    await button(page, "Add the app").click();
    await page.getByText("that is not the app's password now").waitFor();
    await password.fill("123 456");
    await button(page, "Add the app").click();
    await page.getByText("The app is added.", { exact: false }).waitFor();
    await button(page, "Remove: App on a phone").click();
    await button(page, "Yes, remove it").click();
    await page.getByText("It is removed.").waitFor();
    expect(ada.factors).toEqual([]);
    await page.context().close();
  });

  it("chooses which mails come", async () => {
    const { page } = await openAs(ada, "/account");
    await page.getByRole("checkbox", { name: "Send me notices" }).uncheck();
    await page.getByText("Saved.").waitFor();
    expect(site.notices).toBe(false);
    await page.context().close();
  });

  it("makes a key that cannot be taken out of the browser, and withdraws it", async () => {
    const { page, problems } = await openAs(sian, "/account");
    await enrol(page);
    expect(sian.key).toMatch(/^[0-9a-f]{64}$/);
    expect(last().type).toBe("member.enrol_key");
    const kept = await page.evaluate(
      () =>
        new Promise<string>((done) => {
          const opening = indexedDB.open("folkmoot");
          opening.onsuccess = () => {
            const all = opening.result.transaction("keys").objectStore("keys").getAll();
            all.onsuccess = () => {
              const [key] = all.result as { privateKey: CryptoKey }[];
              crypto.subtle.exportKey("pkcs8", key!.privateKey).then(
                () => done("came out"),
                () => done(`${all.result.length} ${key!.privateKey.extractable}`),
              );
            };
          };
        }),
    );
    expect(kept).toBe("1 false");
    await page.goto(`${site.address}/account`);
    await page.getByText("This browser has your signing key.").waitFor();
    await expectAccessible(page);
    await button(page, "Withdraw this key").click();
    await button(page, "Sign and confirm").click();
    await heading(page, "It is on the record");
    expect(sian.key).toBe("");
    await page.goto(`${site.address}/account`);
    await button(page, "Make a signing key").waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("says what to do where the key is in another browser, or can be in none", async () => {
    sian.key = "ab".repeat(32);
    const { page } = await openAs(sian, "/account");
    await page.getByText("Your signing key is not in this browser").waitFor();
    await page.getByText("Two officers together reset it", { exact: false }).waitFor();
    await page.addInitScript(() => Object.defineProperty(crypto, "subtle", { value: undefined }));
    await page.reload();
    await page.getByText("This browser cannot keep a signing key.", { exact: false }).waitFor();
    expect(await button(page, "Make a signing key").count()).toBe(0);
    await page.context().close();
  });
});
