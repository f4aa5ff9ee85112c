// A server with the calls of src/trustee/calls.ts: a ceremony and an election that the program folkmoot keeps, and the
// built pages. Sessions are a cookie that names the member; whoever it names may do anything.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { CeremonyView, Declared, ExampleKeys, ExampleView, Tally } from "../../src/trustee/calls";
import { contest, organisation } from "./fake_organisation";
import type { Act, LedgerPage } from "../../src/site/schema";
import { built, Moot } from "./native";
import { serveFile, servePage } from "./server";

const stages = ["certificate", "commitment", "polynomial", "voutput"];
const waiting = ["certificates", "commitments", "polynomials", "shares"] as const;

export class Duties {
  readonly moot = new Moot();
  readonly people = [1, 2, 3].map((number) => ({ name: `Trustee ${number}`, role: "treasurer, trustee", member: `m-${number}` }));
  readonly requests: string[] = [];
  readonly bodies: string[] = [];
  private trustees = 0;
  private threshold = 0;
  private seats = new Map<number, string>();
  private uuid = "";
  private phase: Tally["phase"] = "open";
  private now = Date.parse("2027-03-14T18:00:00Z");
  // About the election.
  private readonly acts = (
    [
      [7, "election.prepare", "elections"],
      [9, "election.close", "contests.chair.ballot"],
    ] as const
  ).map(([number, type, rule]): Act => ({ number, type, rule, time: null, actor: null, seconded_by: [], charter: 1, refused: null, things: ["election-1"], body: {} }));
  losing = false; // the answers to PUT and POST
  private readonly server: Server = createServer((request, response) => void this.answer(request, response));

  static async start(): Promise<Duties> {
    const duties = new Duties();
    await new Promise<void>((ready) => duties.server.listen(0, "127.0.0.1", ready));
    return duties;
  }
  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
    this.moot.remove();
  }
  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
  get record(): string {
    return join(this.moot.folder, "public", `${this.uuid}.bel`);
  }

  private get folder(): string {
    return join(this.moot.folder, "ceremony");
  }
  view(): CeremonyView {
    const files = readdirSync(this.folder).filter((name) => !name.startsWith("."));
    const has = (index: number) => (name: string) => files.includes(`${name}-${index}.json`);
    const indices = Array.from({ length: this.trustees }, (_, i) => i + 1);
    const at = files.includes("threshold.json") ? 4 : files.includes("vinput-1.json") ? 3 : files.includes("commitments.jsons") ? 2 : files.includes("certs.jsons") ? 1 : 0;
    const missing = at === 4 ? [] : indices.filter((index) => !has(index)(stages[at]!));
    const seats = [...this.seats].map(([number, member]) => ({ number, member, name: this.people.find((one) => one.member === member)!.name }));
    return { group: "Ed25519", trustees: this.trustees, threshold: this.threshold, waiting: at === 4 ? "nobody" : waiting[at]!, missing, seats, files };
  }
  tally(): Tally {
    const record = existsSync(this.record) ? readFileSync(this.record, "latin1") : "";
    const owners = (what: "shuffles" | "decryptions") => {
      const { [what]: acts } = JSON.parse(readFileSync(this.record.replace(/bel$/, "strict.json"), "utf8")) as { [what: string]: { owner: number }[] };
      return acts!.map(({ owner }) => owner);
    };
    const [shuffles, decryptions] = record ? [owners("shuffles"), owners("decryptions")] : [[], []];
    const trustees = [...this.seats].sort().map(([number, member]) => ({
      number,
      member,
      name: this.people.find((one) => one.member === member)!.name,
      threshold: true,
      shuffled: shuffles.includes(number),
      decrypted: decryptions.includes(number),
      decryption_key: `/api/v1/ceremonies/c1/decryption-key-${number}.dkey`,
    }));
    const { phase, threshold: needed } = this;
    return { phase, election: "election-1", group: "Ed25519", strict: true, trustees, needed, shuffles: shuffles.length, decryptions: decryptions.length };
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname: path } = new URL(request.url!, "http://server");
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString("utf8");
    this.requests.push(`${request.method} ${path}`);
    this.bodies.push(body);
    const answer = (status: number, text: string, type = "application/json", more = {}) => {
      if (this.losing && request.method !== "GET") return void request.socket.destroy();
      response.writeHead(status, { "content-type": type, ...more });
      response.end(text);
    };
    const json = (status: number, value: unknown, more = {}) => answer(status, JSON.stringify(value), "application/json", more);
    const problem = (status: number, name: string, detail = name) => json(status, { type: `https://folkmoot.example/problems/${name}`, detail });
    const member = /\bmember=([^;]+)/.exec(request.headers.cookie ?? "")?.[1];
    const person = this.people.find((one) => one.member === member);
    try {
      const found = this.call(`${request.method} ${path}`, body, person?.member ?? "", person);
      if (found === null) return problem(404, "not-found");
      if (found === undefined) {
        if (path === `/elections/${this.uuid}.bel`) return serveFile(response, this.record, "application/octet-stream");
        return servePage(response, path);
      }
      if (typeof found === "string") return answer(200, found, "text/plain");
      return json(found.status ?? 200, found.value, found.headers ?? {});
    } catch (error) {
      problem(422, "refused", String((error as { stderr?: string }).stderr ?? error));
    }
  }

  // Undefined: none of the calls; null: not there; a text: that text.
  private call(asked: string, body: string, member: string, person: unknown): { status?: number; value: unknown; headers?: object } | string | null | undefined {
    const election = `/api/v1/elections/${this.uuid}`;
    const file = /^(GET|PUT) \/api\/v1\/ceremonies\/c1\/([a-z0-9.-]+)$/.exec(asked);
    if (file?.[1] === "GET") return existsSync(join(this.folder, file[2]!)) ? readFileSync(join(this.folder, file[2]!), "utf8") : null;
    if (file) {
      const index = Number(/\d+/.exec(file[2]!)![0]);
      const at = join(this.folder, file[2]!);
      if (existsSync(at)) return { status: readFileSync(at, "utf8") === body ? 200 : 409, value: this.view() };
      if (file[2]!.startsWith("certificate")) this.seats.set(index, member);
      writeFileSync(at, body, { flag: "wx" });
      this.moot.folkmoot("officer", "ceremony", "ceremony");
      return { status: 201, value: this.view() };
    }
    switch (asked) {
      case "GET /api/v1/session":
        return person ? { value: { ...(person as object), second_factor: true, language: "en", posts: [] } } : { status: 401, value: { type: "https://folkmoot.example/problems/session-expired" } };
      case "GET /api/v1/sign-in":
        return { value: { provider: "", example: true } };
      case "GET /api/v1/organisation":
        return { value: organisation("", 0, "", [], [""]) };
      case "GET /api/v1/contests":
        return { value: [{ ...contest("contest-1", "Chair", "balloting"), election: { id: "election-1" } }] };
      case "GET /api/v1/elections":
        return { value: this.uuid ? [{ uuid: this.uuid, phase: this.phase === "open" ? "closed" : "declared", closes: "2027-03-14T18:00:00Z", fingerprint: "x", ballots: 3 }] : [] };
      case "GET /api/v1/ledger":
        return { value: { acts: 10, entries: this.acts } satisfies LedgerPage };
      case "POST /api/v1/ceremonies": {
        const wanted = JSON.parse(body) as { trustees: number; threshold: number };
        [this.trustees, this.threshold] = [wanted.trustees, wanted.threshold];
        mkdirSync(this.folder);
        return { status: 201, value: { id: "c1" } };
      }
      case "GET /api/v1/ceremonies/c1":
        return this.trustees > 0 ? { value: this.view() } : null;
      case "POST /api/v1/elections/draft":
        this.moot.draft();
        return readFileSync(join(this.moot.folder, "drafted.json"), "utf8");
      case "POST /api/v1/elections": {
        const { paper, credentials } = JSON.parse(body) as { paper: { uuid: string }; credentials: string[] };
        writeFileSync(join(this.moot.folder, "public_creds.json"), `${JSON.stringify(credentials)}\n`);
        this.moot.folkmoot("officer", "open", "drafted.json", "--trustee", "ceremony/threshold.json", "--credentials", "public_creds.json", "--out", "public");
        this.uuid = paper.uuid;
        return { status: 201, value: { uuid: this.uuid, fingerprint: "ab".repeat(32) } };
      }
      case `GET ${election}/tally`:
        return { value: this.tally() };
      case `GET /elections/${this.uuid}.strict.json`:
        return readFileSync(this.record.replace(/bel$/, "strict.json"), "utf8");
      case `POST ${election}/close`:
        this.moot.folkmoot("officer", "close", this.record);
        this.phase = "shuffling";
        return { value: this.tally() };
      case `POST ${election}/shuffles`:
      case `POST ${election}/decryptions`:
        writeFileSync(join(this.moot.folder, "sent"), body);
        this.moot.folkmoot("officer", "collect", this.record, "sent");
        return { status: 201, value: { trustee: (JSON.parse(body.split("\n")[1]!) as { owner: number }).owner } };
      case `POST ${election}/shuffles/end`:
        this.moot.folkmoot("officer", "end-shuffles", this.record);
        this.phase = "decrypting";
        return { value: this.tally() };
      case `POST ${election}/result`:
        this.moot.folkmoot("officer", "result", this.record);
        this.phase = "result";
        return { value: this.tally() };
      case `POST ${election}/declaration`:
        return { value: { election: "election-1", record: "00".repeat(32), elected: ["m-1", "m-2"], cast: 3 } satisfies Declared };
      case "GET /api/v1/example":
        return { value: { now: new Date(this.now).toISOString(), election: this.uuid, people: this.people } satisfies ExampleView };
      case "GET /api/v1/example/keys":
        return { value: { people: this.people.map(({ member: who }, i) => ({ member: who, seed: String(i).repeat(64) })), trustees: [], voters: [] } satisfies ExampleKeys };
      case "POST /api/v1/example/clock":
        this.now += 1000 * (JSON.parse(body) as { seconds: number }).seconds;
        return { value: { now: new Date(this.now).toISOString() } };
      case "POST /api/v1/example/session": {
        const { member: wanted } = JSON.parse(body) as { member: string };
        const session = { member: wanted, name: wanted, second_factor: true, language: "en", posts: [] };
        return { status: 201, value: session, headers: { "set-cookie": `member=${wanted}; Path=/; SameSite=Strict` } };
      }
      default:
        return asked.startsWith("GET /api/") ? null : undefined;
    }
  }

  // Ballots of those whose credentials a registrar's page has made.
  async vote(privates: string[]): Promise<void> {
    const { Booth } = await import("../../src/wasm/booth");
    const { electionOf } = await import("./native");
    const booth = await Booth.start(await WebAssembly.compile(built("booth.wasm")));
    booth.open(electionOf(this.record));
    const ballots = privates.map((credential, i) => booth.prepare(credential, [[1, 2, 0, 0, 0], [0, 1, 0], [1, i % 2, 0, 1]]).ballot);
    writeFileSync(join(this.moot.folder, "ballots"), `${ballots.join("\n")}\n`);
    this.moot.folkmoot("officer", "accept", this.record, "ballots");
  }
}
