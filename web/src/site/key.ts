// The key with which a member signs acts in an office: an Ed25519 key (RFC 8032) that WebCrypto made and never gives
// out, kept in this browser's IndexedDB under the member's reference. A copy of it can be made by nobody, so a new
// device needs a new key, and a lost one is taken off the record by two officers.

export interface KeptKey {
  member: string;
  publicKey: string; // 64 hexadecimal digits, as on the record
  privateKey: CryptoKey; // not extractable
  enrolled: boolean; // whether it has been seen on the record
}

const algorithm = "Ed25519";
const table = "keys";

export const toHex = (bytes: ArrayBuffer | Uint8Array): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

const makePair = () => crypto.subtle.generateKey(algorithm, false, ["sign", "verify"]) as Promise<CryptoKeyPair>;

// Whether this browser can make such keys and keep them. Not so without a safe connection.
export async function canSign(): Promise<boolean> {
  if (!canHash() || !globalThis.indexedDB) return false;
  return makePair().then(
    () => true,
    () => false,
  );
}

function finished<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error ?? new Error("IndexedDB"));
  });
}

async function inTable<Value>(mode: IDBTransactionMode, use: (keys: IDBObjectStore) => IDBRequest<Value>): Promise<Value> {
  const opening = indexedDB.open("folkmoot", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(table, { keyPath: "member" });
  const database = await finished(opening);
  try {
    return await finished(use(database.transaction(table, mode).objectStore(table)));
  } finally {
    database.close();
  }
}

export const keptKey = (member: string): Promise<KeptKey | undefined> =>
  inTable("readonly", (keys) => keys.get(member) as IDBRequest<KeptKey | undefined>);
export const forgetKey = (member: string): Promise<undefined> => inTable("readwrite", (keys) => keys.delete(member));
export const noteEnrolled = (key: KeptKey): Promise<IDBValidKey> => inTable("readwrite", (keys) => keys.put({ ...key, enrolled: true }));

// A key to be enrolled, kept before anybody hears of it: the same again if it has not been on the record yet, as an
// answer may have been lost. One that was on the record, and is not any more, is never used again.
export async function keyToEnrol(member: string): Promise<KeptKey> {
  const kept = await keptKey(member);
  if (kept && !kept.enrolled) return kept;
  const pair = await makePair();
  const publicKey = toHex(await crypto.subtle.exportKey("raw", pair.publicKey));
  const key: KeptKey = { member, publicKey, privateKey: pair.privateKey, enrolled: false };
  await inTable("readwrite", (keys) => keys.put(key));
  return key;
}

// 128 hexadecimal digits, of the text in UTF-8.
export async function sign(key: KeptKey, text: string): Promise<string> {
  return toHex(await crypto.subtle.sign(algorithm, key.privateKey, new TextEncoder().encode(text)));
}

// Not without a safe connection.
export const canHash = (): boolean => Boolean(globalThis.crypto?.subtle);

// Of a text in UTF-8, 64 hexadecimal digits: what an act names it by.
export async function sha256(content: string | ArrayBuffer): Promise<string> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return toHex(await crypto.subtle.digest("SHA-256", bytes));
}
