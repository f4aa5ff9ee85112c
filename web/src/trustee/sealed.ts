// A trustee's secret under a passphrase, as the file that they keep and as this browser keeps it: AES-256-GCM with a key
// of PBKDF2-HMAC-SHA-256, both of the browser's own WebCrypto. Argon2 would cost a guesser more, but no browser has it,
// and another one's code in this place would have to be trusted more than the passphrase's length; 600,000 iterations
// are what OWASP's Password Storage Cheat Sheet asks of PBKDF2 with SHA-256.

// What is sealed: a seed with the polynomial that it has committed to, or the key of a trustee who is always needed.
export type Secret =
  | { kind: "seed"; ceremony: string; trustee: number; seed: string; polynomial?: string }
  | { kind: "key"; id: string; key: string };

export const iterations = 600_000;
const mostIterations = 10_000_000; // of a file that somebody else has made
const format = "folkmoot sealed secret 1";

interface Sealed {
  format: typeof format;
  iterations: number;
  salt: string; // base64
  iv: string;
  sealed: string;
}

export class NotOpened extends Error {
  constructor(readonly why: "file" | "passphrase") {
    super(why);
  }
}

const encoder = new TextEncoder();
const toBase64 = (bytes: Uint8Array) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
const fromBase64 = (text: string) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

// Typed on another keyboard, the same passphrase may come in other code points: one form for all.
async function keyOf(passphrase: string, salt: Uint8Array, rounds: number): Promise<CryptoKey> {
  const bytes = encoder.encode(passphrase.normalize("NFKC"));
  const material = await crypto.subtle.importKey("raw", bytes, "PBKDF2", false, ["deriveKey"]);
  bytes.fill(0);
  return crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds },
    material,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

export async function seal(secret: Secret, passphrase: string): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await keyOf(passphrase, salt, iterations);
  const text = encoder.encode(JSON.stringify(secret));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: encoder.encode(format) }, key, text);
  text.fill(0);
  const file: Sealed = { format, iterations, salt: toBase64(salt), iv: toBase64(iv), sealed: toBase64(new Uint8Array(sealed)) };
  return `${JSON.stringify(file)}\n`;
}

function read(text: string): Sealed | null {
  try {
    const file = JSON.parse(text) as Partial<Sealed>;
    const good =
      file.format === format &&
      Number.isInteger(file.iterations) &&
      file.iterations! > 0 &&
      file.iterations! <= mostIterations &&
      [file.salt, file.iv, file.sealed].every((one) => typeof one === "string" && /^[A-Za-z0-9+/]*={0,2}$/.test(one));
    return good ? (file as Sealed) : null;
  } catch {
    return null;
  }
}
export const isSealed = (text: string): boolean => read(text) !== null;

// Throws NotOpened.
export async function open(text: string, passphrase: string): Promise<Secret> {
  const file = read(text);
  if (!file) throw new NotOpened("file");
  const key = await keyOf(passphrase, fromBase64(file.salt), file.iterations);
  try {
    const opened = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv: fromBase64(file.iv), additionalData: encoder.encode(format) },
      key,
      fromBase64(file.sealed),
    );
    return JSON.parse(new TextDecoder().decode(opened)) as Secret;
  } catch {
    throw new NotOpened("passphrase");
  }
}

// A key file of the command line's: a .privkey, or the .key of a ceremony. The text as it is, or null if it is neither.
export function plainSecret(text: string, ceremony = "", trustee = 0): Secret | null {
  const trimmed = text.trim();
  if (/^"\d{1,700}"$/.test(trimmed)) return { kind: "key", id: "privkey", key: trimmed };
  if (/^[1-9A-HJ-NP-Za-km-z]{22}$/.test(trimmed)) return { kind: "seed", ceremony, trustee, seed: trimmed };
  return null;
}
// The reverse.
export const plainText = (secret: Secret): string => `${secret.kind === "seed" ? secret.seed : secret.key}\n`;
