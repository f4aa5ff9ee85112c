// The archive: an old-style tar of which every byte is determined (specification, section 4.4).
import { type Bytes, hashHex, utf8 } from "./bytes.js";
import { fields, integer, parse, string } from "./json.js";
import { demand, within } from "./refusal.js";

export interface Entry {
  readonly kind: "data" | "event";
  readonly hash: string;
  readonly content: Bytes;
}

export const blockSize = 512;
const namePattern = /^([0-9a-f]{64})\.(data|event)\.json$/;

/** The header block of a file of that name, size in bytes, and time in seconds since 1970. */
export function tarHeader(name: string, size: number, time: number): Bytes {
  const header = new Uint8Array(blockSize);
  const put = (offset: number, text: string) => header.set(utf8(text), offset);
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, "0");
  put(0, name);
  put(100, "0000644\0"); // mode
  put(108, "0000000\0"); // owner
  put(116, "0000000\0"); // group
  put(124, octal(size, 11) + "\0");
  put(136, octal(time, 11) + "\0");
  put(148, " ".repeat(8)); // the checksum, while it is computed
  put(156, "0"); // a regular file
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(148, octal(sum, 6) + "\0 ");
  return header;
}

function equal(a: Bytes, b: Bytes): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

interface File {
  readonly name: string;
  readonly content: Bytes;
  readonly header: Bytes;
}

function* files(archive: Bytes): Generator<File> {
  const ascii = new TextDecoder("latin1");
  for (let offset = 0; offset < archive.length;) {
    const header = archive.subarray(offset, offset + blockSize);
    demand(header.length === blockSize, "the archive ends within a header");
    const name = ascii.decode(header.subarray(0, 100)).replace(/\0.*$/s, "");
    const sizeText = ascii.decode(header.subarray(124, 135));
    demand(/^[0-7]{11}$/.test(sizeText), `${name}: a size that is no octal number`);
    const size = parseInt(sizeText, 8);
    const start = offset + blockSize;
    const end = start + Math.ceil(size / blockSize) * blockSize;
    demand(end <= archive.length, `the archive ends within ${name}`);
    demand(
      archive.subarray(start + size, end).every((byte) => byte === 0),
      `the padding of ${name} is not zero`,
    );
    yield { name, content: archive.subarray(start, start + size), header };
    offset = end;
  }
}

function readTimestamp(file: File): number {
  demand(file.name === "BELENIOS", "the archive does not begin with BELENIOS");
  const header = fields(parse(file.content), "version", "timestamp");
  demand(integer(header.version) === 1, "not an archive of version 1");
  const timestamp = string(header.timestamp);
  demand(/^(0|[1-9][0-9]{0,9})$/.test(timestamp), "a timestamp that is no number");
  return Number(timestamp);
}

/** All data and events of the archive in its order, each with the hash that it is named by. */
export function readArchive(archive: Bytes): { timestamp: number; entries: Entry[] } {
  let timestamp: number | undefined;
  const entries: Entry[] = [];
  for (const file of files(archive)) {
    const first = timestamp === undefined;
    timestamp ??= within("BELENIOS", () => readTimestamp(file));
    const expected = tarHeader(file.name, file.content.length, timestamp);
    demand(equal(file.header, expected), `the header of ${file.name} is not as it must be`);
    if (first) continue;
    const match = namePattern.exec(file.name);
    demand(match !== null, `${file.name} is neither data nor an event`);
    const hash = hashHex(file.content);
    demand(hash === match[1], `${file.name} does not bear the hash of its content`);
    entries.push({ kind: match[2] === "data" ? "data" : "event", hash, content: file.content });
  }
  demand(timestamp !== undefined, "nothing at all");
  return { timestamp, entries };
}
