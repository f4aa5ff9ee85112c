// A server with the interface of src/api.ts over one real election, and the built pages under the content security
// policy that the real one has. A test may make it slow, lose answers, or say what phase the election is in.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import type { ElectionView } from "../../src/api";
import { root, type Election } from "./native";

export const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; connect-src 'self'; " +
  "img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
};

export function serveFile(response: ServerResponse, path: string, type: string): void {
  const bytes = readFileSync(path);
  response.writeHead(200, {
    "content-type": type,
    "content-length": bytes.length,
    "content-security-policy": policy,
    "x-content-type-options": "nosniff",
  });
  response.end(bytes);
}
// As the real server finds them: /vote/… is vote.html.
export function servePage(response: ServerResponse, pathname: string): void {
  const own = join(root, "build/web", pathname);
  const path = extname(pathname) === "" ? join(root, "build/web", `${pathname.split("/")[1]}.html`) : own;
  if (pathname.includes("..") || !existsSync(path)) return void response.writeHead(404).end();
  serveFile(response, path, types[extname(path)] ?? "application/octet-stream");
}

export class TestServer {
  view: ElectionView;
  // What the connection does to ballots: for a while, as browsers quietly send again what is lost once.
  losing: "requests" | "answers" | null = null;
  problem: { status: number; type: string; detail?: string } | null = null;
  // A ledger whose act declares the result, with the hash of a supplement or with none (""); null: no act has, or (undefined)
  // there is no ledger.
  declared: string | null | undefined;
  readonly published = new Map<string, string>(); // files that acts name, by their hash
  received: string[] = [];
  requests: string[] = [];
  private readonly trackers: string[] = [];
  private server: Server;

  private constructor(private readonly election: Election) {
    this.view = {
      election: election.election,
      phase: "open",
      opens: "2027-03-01T09:00:00Z",
      closes: "2027-03-14T18:00:00Z",
      fingerprint: "",
      ballots: 0,
    };
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  static async start(election: Election): Promise<TestServer> {
    const server = new TestServer(election);
    await new Promise<void>((ready) => server.server.listen(0, "127.0.0.1", ready));
    return server;
  }
  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url!, "http://server");
    this.requests.push(`${request.method} ${pathname}`);
    const base = `/api/v1/elections/${this.election.uuid}`;
    const json = (status: number, value: unknown) => {
      response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
      response.end(JSON.stringify(value));
    };
    const problem = (status: number, type: string, detail = type) => json(status, { type: `https://folkmoot.example/problems/${type}`, detail });
    if (pathname === base) return json(200, this.view);
    if (pathname.startsWith(`${base}/credentials/`)) {
      const key = pathname.split("/").pop()!;
      return this.election.publicCredentials.includes(key) ? json(200, {}) : problem(404, "not-found");
    }
    if (pathname === `${base}/ballots` && request.method === "POST") {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      if (this.losing === "requests") return void request.socket.destroy();
      if (this.problem) return problem(this.problem.status, this.problem.type, this.problem.detail);
      const ballot = Buffer.concat(chunks).toString("utf8");
      const tracker = createHash("sha256").update(ballot).digest("base64").replace(/=+$/, "");
      this.received.push(ballot);
      if (!this.trackers.includes(tracker)) {
        const { accepted, message } = this.election.accept(ballot);
        if (!accepted) return json(422, { type: "about:blank", detail: message });
        this.trackers.push(tracker);
      }
      if (this.losing === "answers") return void request.socket.destroy();
      return json(201, { tracker });
    }
    if (pathname === `${base}/opened` && request.method === "POST") {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      if (this.losing === "requests") return void request.socket.destroy();
      const { accepted, message } = this.election.spoil(Buffer.concat(chunks).toString("utf8"));
      return accepted ? json(201, {}) : json(422, { type: "about:blank", detail: message });
    }
    if (pathname === `${base}/ballots`) {
      const from = Number(searchParams.get("from") ?? 0);
      return json(200, { from, ballots: this.trackers.length, trackers: this.trackers.slice(from, from + 1000) });
    }
    if (this.declared !== undefined && pathname === `${base}/tally`) return json(200, { election: "election-1" });
    if (this.declared !== undefined && pathname === "/api/v1/ledger") {
      const supplement = this.declared ? { supplement: this.declared } : {};
      const act = { type: "election.declare", refused: null, body: { election: "election-1", ...supplement } };
      const attempt = { ...act, refused: "elections", body: { ...act.body, supplement: "f".repeat(64) } };
      // On two pages.
      if (searchParams.get("from") === "0") return json(200, { acts: 9, entries: [attempt], next: 7 });
      return json(200, { acts: 9, entries: this.declared === null ? [] : [act] });
    }
    if (pathname.startsWith("/ledger/published/")) {
      const path = this.published.get(pathname.split("/").pop()!);
      return path ? serveFile(response, path, "application/octet-stream") : problem(404, "not-found");
    }
    if (pathname === `/elections/${this.election.uuid}.bel`) return serveFile(response, this.election.record, "application/octet-stream");
    if (pathname === `/elections/${this.election.uuid}.strict.json`) return serveFile(response, this.election.supplement, "application/json");
    if (pathname === "/api/v1/elections") {
      const { opens, closes, phase } = this.view;
      return json(200, [{ uuid: this.election.uuid, phase, opens, closes, fingerprint: "", ballots: this.election.ballots.length }]);
    }
    if (pathname === "/api/v1/sign-in") return json(200, { provider: "", example: false });
    if (pathname.startsWith("/api/")) return problem(404, "not-found");
    servePage(response, pathname);
  }
}
