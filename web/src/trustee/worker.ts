// Where trustees' and registrars' secrets are, and no further: what is sealed comes in with the passphrase, and what may
// be sent, or is sealed again, goes out. Files that are for their owner alone go out as Blobs, which the page can save.
import code from "@modules/trustee.wasm?url";
import { serve } from "../rpc";
import { Trustee, type Message, type Record, type Seat, type Sent } from "../wasm/trustee";
import { NotOpened, open, plainSecret, plainText, seal, type Secret } from "./sealed";

// TypeScript knows it only where it takes everything for a Worker.
declare class FileReaderSync {
  readAsArrayBuffer(blob: Blob): ArrayBuffer;
}

let told = "";
const trustee = WebAssembly.compileStreaming(fetch(code)).then((module) =>
  Trustee.with(module, (step, done, total) => {
    const percent = total === 0 ? 100 : Math.floor((100 * done) / total);
    if (told === `${step} ${percent}`) return;
    told = `${step} ${percent}`;
    postMessage({ event: { step, percent } });
  }),
);

type Seed = Extract<Secret, { kind: "seed" }>;
async function openSeed(sealed: string, passphrase: string): Promise<Seed> {
  const secret = await open(sealed, passphrase);
  if (secret.kind !== "seed") throw new NotOpened("file");
  return secret;
}

function recordOf(record: Blob, supplement: string): Record {
  const reader = new FileReaderSync();
  const read = (offset: number, size: number) => new Uint8Array(reader.readAsArrayBuffer(record.slice(offset, offset + size)));
  return { size: record.size, read, supplement };
}

type Tallying = (sealed: string, passphrase: string, decryptionKey: string, record: Blob, supplement: string) => Promise<Sent>;
const tally =
  (what: "shuffle" | "decrypt"): Tallying =>
  async (sealed, passphrase, decryptionKey, record, supplement) => {
    const secret = await open(sealed, passphrase);
    const key = secret.kind === "seed" ? secret.seed : secret.key;
    return (await trustee)[what](key, secret.kind === "seed" ? decryptionKey : "", recordOf(record, supplement));
  };

// UTF-8, or what spreadsheets write otherwise, as the command line takes it.
async function textOf(roll: Blob): Promise<string> {
  const bytes = await roll.arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

const csv = (text: string) => new Blob([text], { type: "text/csv" });

serve({
  async join(ceremony: string, seat: Seat, passphrase: string) {
    const { seed, messages } = await (await trustee).join(seat);
    return { sealed: await seal({ kind: "seed", ceremony, trustee: seat.index, seed }, passphrase), messages };
  },
  async commit(sealed: string, passphrase: string, sent: Message[]) {
    const secret = await openSeed(sealed, passphrase);
    const { polynomial, ...step } = await (await trustee).commit(secret.seed, sent);
    return { ...step, sealed: await seal({ ...secret, polynomial }, passphrase) };
  },
  async reveal(sealed: string, passphrase: string, sent: Message[]) {
    const { seed, polynomial } = await openSeed(sealed, passphrase);
    return (await trustee).reveal(seed, sent, polynomial ?? "");
  },
  async share(sealed: string, passphrase: string, sent: Message[]) {
    return (await trustee).share((await openSeed(sealed, passphrase)).seed, sent);
  },
  async key(group: string, passphrase: string) {
    const { id, private_key, public_key } = await (await trustee).key(group);
    return { id, publicKey: public_key, sealed: await seal({ kind: "key", id, key: private_key }, passphrase) };
  },
  shuffle: tally("shuffle"),
  decrypt: tally("decrypt"),

  // A key of the command line's, sealed; null if it is none. And back.
  async take(text: string, ceremony: string, index: number, passphrase: string) {
    const secret = plainSecret(text, ceremony, index);
    return secret && seal(secret, passphrase);
  },
  // What a sealed key is for: a ceremony, and whose seat in it; or a key's number.
  async about(sealed: string, passphrase: string) {
    const secret = await open(sealed, passphrase);
    return secret.kind === "seed" ? { for: secret.ceremony, trustee: secret.trustee } : { for: secret.id, trustee: 0 };
  },
  async unsealed(sealed: string, passphrase: string) {
    return new Blob([plainText(await open(sealed, passphrase))], { type: "text/plain" });
  },
  async credentials(roll: Blob, uuid: string, group: string) {
    const made = await (await trustee).credentials(await textOf(roll), uuid, group);
    return { ...made, private: csv(made.private), mail: csv(made.mail), public: `${made.public}\n` };
  },
});
