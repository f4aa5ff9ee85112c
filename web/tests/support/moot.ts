// A small organisation made with the program folkmoot, as docs/organisation.md does, and served by it: members who can
// sign in, officers without keys yet. Its mails are files, in which the links are read.
import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./native";

const program = join(root, "build/release/bin/folkmoot");

const people = ["Ada Ash", "Ben Birch", "Cy Cedar", "Dot Dogwood", "Eve Elder", "Finn Fir", "Gil Gorse", "Hana Hazel"];
// One of the appeals panel's is vacant: a contest can be called for it.
const seats: [string, number][] = [
  ["chair-1", 1],
  ["secretary-1", 2],
  ["treasurer-1", 3],
  ["committee-member-1", 4],
  ["committee-member-2", 5],
  ["convener-1", 6],
  ["appeals-member-1", 7],
  ["returning-officer-1", 5],
];

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}

export class Moot {
  private readonly folder = mkdtempSync(join(tmpdir(), "folkmoot-moot-"));
  private server: ChildProcess | null = null;
  private constructor(readonly address: string) {}

  static async start(): Promise<Moot> {
    const port = await freePort();
    // Passkeys are bound to a name: an address of digits has none.
    const moot = new Moot(`http://localhost:${port}`);
    moot.found();
    await moot.serve(port);
    return moot;
  }

  private run(...args: string[]): string {
    return execFileSync(program, args, { cwd: this.folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  }
  private found(): void {
    this.run("org", "new", join(root, "examples/cooperative.toml"), "--dir", "org", "--origin", "ledger.bakery.example");
    const settings = join(this.folder, "org/settings.toml");
    appendFileSync(settings, `site = '${this.address}'\n`);
    const lines = people.map((name, i) => `${i + 1},${name.replace(" ", ",")},${this.email(i + 1)},shop,2024-03-01`);
    writeFileSync(join(this.folder, "members.csv"), `Member number,First name,Last name,E-mail,Section,Joined\n${lines.join("\n")}\n`);
    const founder = ["--dir", "org", "--key", "org/private/founder.key"];
    this.run("roll", "import", "members.csv", ...founder, "--yes");
    const until = new Date(Date.now() + 200 * 24 * 3600 * 1000).toISOString().replace(/\.\d+Z$/, "Z");
    for (const [seat, number] of seats) {
      this.run("act", "seat.found", `seat=seat-${seat}`, `member=${this.member(number)}`, `until=${until}`, ...founder);
    }
    this.run("act", "organisation.constitute", ...founder);
  }
  private async serve(port: number): Promise<void> {
    const server = spawn(program, ["serve", "--dir", "org", "--listen", `127.0.0.1:${port}`, "--pages", join(root, "build/web")], {
      cwd: this.folder,
      stdio: ["ignore", "pipe", "ignore"],
    });
    this.server = server;
    await new Promise<void>((ready, fail) => {
      server.stdout.on("data", () => ready());
      server.on("exit", (status) => fail(new Error(`folkmoot serve has ended: ${status}`)));
    });
  }
  async stop(): Promise<void> {
    const { server } = this;
    if (server && server.exitCode === null) {
      const ended = new Promise((done) => server.on("exit", done));
      server.kill("SIGTERM");
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  // What an auditor says who has what is public, and the ledger's key.
  audit(): { status: number | null; report: string } {
    const key = /^log (.*)$/m.exec(readFileSync(join(this.folder, "org/policy"), "utf8"))![1]!;
    const run = spawnSync(`${program}-verify`, ["ledger", "org/public", "--key", key], { cwd: this.folder, encoding: "utf8" });
    return { status: run.status, report: run.stdout };
  }

  readonly email = (number: number): string => `${people[number - 1]!.split(" ")[0]!.toLowerCase()}@example.org`;
  readonly member = (number: number): string => this.run("roll", "find", String(number), "--dir", "org").trim();

  private links(email: string): string[] {
    const outbox = join(this.folder, "org/private/outbox");
    const mails = existsSync(outbox) ? readdirSync(outbox).filter((name) => name.endsWith(".eml")) : [];
    const texts = mails.map((name) => readFileSync(join(outbox, name), "utf8")).filter((text) => text.includes(email));
    return texts.flatMap((text) => text.replace(/=\r?\n/g, "").replace(/=3D/g, "=").match(/http:\S+\/sign-in#token=[\w-]+/) ?? []);
  }
  // The link that comes by mail after `ask` has asked for one.
  async linkFor(number: number, ask: () => Promise<unknown>): Promise<string> {
    const before = new Set(this.links(this.email(number)));
    await ask();
    for (const end = Date.now() + 30_000; Date.now() < end; await new Promise((done) => setTimeout(done, 50))) {
      const fresh = this.links(this.email(number)).find((link) => !before.has(link));
      if (fresh) return fresh;
    }
    throw new Error(`no mail to ${this.email(number)}`);
  }
}
