// What the example's invented people would keep to themselves, put where the pages look for one's own: the key with which
// somebody signs acts, and a trustee's part of an election's key, sealed under a passphrase that the page tells.
import { noteEnrolled, toHex } from "../site/key";
import { calls, type ExampleKeys, type Tally } from "./calls";
import { kept } from "./kept";
import { inWorker } from "./parts";

export const passphrase = "everybody knows this one";

// RFC 8410, section 7: what stands before the 32 bytes of an Ed25519 key in PKCS #8.
const pkcs8 = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];
const fromHex = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));

// The key of a seed, and its public key in hexadecimal digits.
export async function signingKey(seed: string): Promise<{ privateKey: CryptoKey; publicKey: string }> {
  const bytes = new Uint8Array([...pkcs8, ...fromHex(seed)]);
  const read = (extractable: boolean) => crypto.subtle.importKey("pkcs8", bytes, "Ed25519", extractable, ["sign"]);
  const { x } = await crypto.subtle.exportKey("jwk", await read(true));
  const encoded = atob(x!.replace(/-/g, "+").replace(/_/g, "/"));
  return { privateKey: await read(false), publicKey: toHex(Uint8Array.from(encoded, (character) => character.charCodeAt(0))) };
}

// Where a trustee's part of an election's key was made: its ceremony and the seat there.
export function seatOf(tally: Tally, number: number): { ceremony: string; trustee: number } | null {
  const address = tally.trustees.find((trustee) => trustee.number === number)?.decryption_key ?? "";
  const [, ceremony, trustee] = /\/ceremonies\/([^/]+)\/decryption-key-(\d+)\.dkey$/.exec(address) ?? [];
  return ceremony ? { ceremony: decodeURIComponent(ceremony), trustee: Number(trustee) } : null;
}

// Gives this browser what that person has.
export async function takeKeysOf(member: string, keys: ExampleKeys): Promise<void> {
  const signing = keys.people.find((one) => one.member === member);
  if (signing) await noteEnrolled({ member, enrolled: true, ...(await signingKey(signing.seed)) });
  for (const { election, number, key } of keys.trustees.filter((one) => one.member === member)) {
    const seat = seatOf(await calls.tally(election), number);
    if (!seat) continue;
    const sealed = await inWorker<string | null>("take", key, seat.ceremony, seat.trustee, passphrase);
    if (sealed) await kept.keep({ for: seat.ceremony, trustee: seat.trustee, sealed });
  }
}
