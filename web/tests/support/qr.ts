// What the QR code on a page says to a camera: its picture, read by a decoder that has nothing of the page's.
import decode from "jsqr";
import type { Page } from "playwright-core";

export async function readQr(page: Page): Promise<string | undefined> {
  const png = (await page.locator("svg.qr").screenshot()).toString("base64");
  const { data, width, height } = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d")!;
    canvas.drawImage(picture, 0, 0);
    return { data: [...canvas.getImageData(0, 0, picture.width, picture.height).data], width: picture.width, height: picture.height };
  }, png);
  return decode(Uint8ClampedArray.from(data), width, height)?.data;
}
