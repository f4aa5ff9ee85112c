// Elections made with the program folkmoot, as docs/tour.md does: what the pages meet is the real thing.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const root = resolve(__dirname, "../../..");
const programs = join(root, "build/release/bin");

export const paper = {
  name: "Riverside Choir: annual meeting",
  description: "Everybody who sang with us this year has one vote.",
  lots: "riverside-choir-2027",
  contests: [
    {
      kind: "ranking",
      question: "Who is to chair the choir?",
      candidates: ["Ada Ash", "Ben Birch", "Cy Cedar", "Dilys Derwen", "Eve Elder"],
      rule: "av",
      seats: 1,
    },
    { kind: "choice", question: "Is the budget approved?", candidates: ["Yes", "No"], min: 1, max: 1, blank: true, rule: "plurality", seats: 1 },
    {
      kind: "choice",
      question: "Who is to sit on the committee?",
      candidates: ["Fay Fir", "Gwen Gorse", "Huw Hazel", "Iris Ivy"],
      min: 1,
      max: 3,
      blank: false,
      rule: "block-vote",
      seats: 3,
    },
  ],
};

// A folder in which folkmoot does something.
export class Moot {
  readonly folder = mkdtempSync(join(tmpdir(), "folkmoot-web-"));

  folkmoot(...args: string[]): string {
    return execFileSync(join(programs, "folkmoot"), args, { cwd: this.folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  }
  // The ballot paper with a uuid, as `drafted`.
  draft(drafted = "drafted.json", asked: object = paper): void {
    writeFileSync(join(this.folder, "paper.json"), JSON.stringify(asked));
    this.folkmoot("officer", "draft", "paper.json", "--out", drafted);
  }
  // The exit status of folkmoot-verify and what it says.
  verifyRecord(record: string, ...more: string[]): { status: number | null; report: string } {
    const run = spawnSync(join(programs, "folkmoot-verify"), [record, ...more], { cwd: this.folder, encoding: "utf8" });
    return { status: run.status, report: run.stdout };
  }
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

// A record's entries that are JSON, in order: Belenios archives are plain tar.
function entriesOf(record: string): { name: string; text: string }[] {
  const bytes = readFileSync(record);
  const entries = [];
  for (let at = 0; at < bytes.length; ) {
    const name = bytes.toString("latin1", at, at + 100).replace(/\0.*$/s, "");
    const size = parseInt(bytes.toString("latin1", at + 124, at + 136), 8);
    entries.push({ name, text: bytes.toString("utf8", at + 512, at + 512 + size) });
    at += 512 + 512 * Math.ceil(size / 512);
  }
  return entries;
}
export const electionOf = (record: string): string =>
  entriesOf(record).find(({ text }) => text.startsWith('{"version":1,"description"'))!.text;

export class Election extends Moot {
  readonly record: string;
  readonly uuid: string;
  readonly credentials: string[] = [];

  constructor(voters = 8, asked: object = paper) {
    super();
    this.draft("public/drafted.json", asked);
    const people = Array.from({ length: voters }, (_, i) => `${i + 1};Voter ${i + 1};voter${i + 1}@example.org`);
    mkdirSync(join(this.folder, "registrar"));
    writeFileSync(join(this.folder, "registrar/roll.csv"), `Number;Full name;E-mail\n${people.join("\n")}\n`);
    this.folkmoot("registrar", "credentials", "registrar/roll.csv", "--election", "public/drafted.json", "--out", "registrar");
    for (let i = 1; i <= voters; ++i) this.credentials.push(this.folkmoot("registrar", "recover", "registrar", String(i)).trim());
    this.folkmoot("trustee", "key", "--out", "trustee");
    this.folkmoot("officer", "open", "public/drafted.json", "--trustee", `trustee/${this.trusteeFile("pubkey")}`, "--credentials", "registrar/public_creds.json", "--out", "public");
    const record = readdirSync(join(this.folder, "public")).find((name) => name.endsWith(".bel"))!;
    this.record = join(this.folder, "public", record);
    this.uuid = record.replace(/\.bel$/, "");
  }

  get supplement(): string {
    return this.record.replace(/\.bel$/, ".strict.json");
  }
  private trusteeFile(extension: string): string {
    return readdirSync(join(this.folder, "trustee")).find((name) => name.endsWith(extension))!;
  }

  entries(): { name: string; text: string }[] {
    return entriesOf(this.record);
  }
  get election(): string {
    return electionOf(this.record);
  }
  get publicCredentials(): string[] {
    return (JSON.parse(this.entries().find(({ text }) => text.startsWith('["'))!.text) as string[]).map((line) => line.split(",")[0]!);
  }
  get ballots(): string[] {
    return this.entries().map(({ text }) => text).filter((text) => text.startsWith('{"election_uuid"'));
  }

  // What the returning officer's program makes of a ballot. It is in the record if `accepted`.
  accept(ballot: string): { accepted: boolean; message: string } {
    const file = join(this.folder, "incoming.ballot");
    writeFileSync(file, `${ballot}\n`);
    const run = spawnSync(join(programs, "folkmoot"), ["officer", "accept", this.record, file], { cwd: this.folder, encoding: "utf8" });
    return { accepted: run.status === 0, message: `${run.stdout}${run.stderr}` };
  }

  // The same of an opened ballot.
  spoil(opened: string): { accepted: boolean; message: string } {
    const file = join(this.folder, "incoming.opened");
    writeFileSync(file, opened);
    const run = spawnSync(join(programs, "folkmoot"), ["officer", "spoil", this.record, file], { cwd: this.folder, encoding: "utf8" });
    return { accepted: run.status === 0, message: `${run.stdout}${run.stderr}` };
  }

  finish(): void {
    const r = this.record;
    this.folkmoot("officer", "close", r);
    this.folkmoot("trustee", "shuffle", r, "--key", `trustee/${this.trusteeFile("privkey")}`, "--out", "shuffle");
    this.folkmoot("officer", "collect", r, "shuffle");
    this.folkmoot("officer", "end-shuffles", r);
    this.folkmoot("trustee", "decrypt", r, "--key", `trustee/${this.trusteeFile("privkey")}`, "--out", "decryption");
    this.folkmoot("officer", "collect", r, "decryption");
    this.folkmoot("officer", "result", r);
  }

  verify(...more: string[]): { status: number | null; report: string } {
    return this.verifyRecord(this.record, ...more);
  }
}

export const built = (name: string): Buffer => {
  const path = join(root, "build/wasm", name);
  if (!existsSync(path)) throw new Error(`${path} has not been built`);
  return readFileSync(path);
};
