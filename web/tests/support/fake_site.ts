// A site with the calls for members and officers over an organisation in memory, and the built pages under the real
// content security policy. It holds the pages to what the real server asks of them: sessions, second factors, requests
// in canonical form, Ed25519 signatures over the text of src/audit/entry.hpp by the key on the record, texts that are
// sent with the act that names them. What the rules say is up to the test.
import { createHash, createPublicKey, verify } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import type { ActKind, Me, RecordedAct, Waiting } from "../../src/member/calls";
import type { Request, Signature } from "../../src/member/request";
import type { Act, Case, ContestHead, Factor, Flag, Letter, Motion, Organisation, Petition, RollCount, Spending } from "../../src/site/schema";
import { catalogue, charter, emptyContest, organisation, person } from "./fake_organisation";
import { root } from "./native";
import { policy } from "./server";

export const origin = "fake.example/ledger";
const types: Record<string, string> = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
const pages = ["sign-in", "account", "me", "office", "contests", "petitions", "motions", "ledger", "charter", "cases", "spending", "roll"];

export interface Member {
  reference: string;
  name: string;
  email: string;
  key: string;
  posts: Me["posts"];
  factors: Factor[];
  petitions: Me["petitions"];
  applications: Me["applications"];
  elections: Me["elections"];
  work: Me["work"];
}
interface Refusal {
  rule: string;
  reason: string;
}
interface Handed {
  request: Request;
  signatures: Signature[];
  texts: string[];
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

export class FakeSite {
  readonly members = new Map<string, Member>();
  readonly tokens = new Map<string, string>(); // of links, to the member
  readonly sessions = new Map<string, { member: string; second_factor: boolean }>();
  readonly asked: { email: string; language: string }[] = [];
  readonly ledger: Act[] = [
    { number: 0, type: "organisation.found", time: "2027-01-01T12:00:00Z", actor: null, seconded_by: [], charter: 0, rule: null, refused: null, things: [], body: { text: charter } },
  ];
  readonly published = new Map<string, string>();
  readonly waiting: Waiting[] = [];
  contests: ContestHead[] = [];
  petitions: Petition[] = [];
  motions: Motion[] = [];
  flags: Flag[] = [];
  cases: Case[] = [];
  spending: Spending = { limit: 0, organ: null, mandates: [], spends: [] };
  roll: RollCount[] = [];
  letters: Letter[] = [];
  notices = true;
  provider = ""; // its name
  example = false; // whether it says that anybody may be anybody
  provides: Member | null = null; // who is signed in there
  password = "123456"; // of the app, now
  refuses: (request: Request) => Refusal | null = () => null;
  losing: "answer" | "all" | null = null; // of acts: the next answer, and then whatever is sent, as browsers send again by themselves
  private answered = new Map<string, { asked: string; answer: unknown }>();
  swaps: ((text: string) => string) | null = null; // a server that has something else signed
  private time = Date.parse("2027-03-01T12:00:00Z");
  private made = 0;
  private server: Server = createServer((request, response) => void this.answer(request, response));

  static async start(): Promise<FakeSite> {
    const site = new FakeSite();
    await new Promise<void>((ready) => site.server.listen(0, "127.0.0.1", ready));
    return site;
  }
  get address(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }
  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  admit(name: string, posts: Me["posts"] = []): Member {
    const reference = `m-${sha256(name).slice(0, 16)}`;
    const email = `${name.toLowerCase().replace(/ /g, ".")}@example.org`;
    const member = { reference, name, email, key: "", posts, factors: [], petitions: [], applications: [], elections: [], work: [] };
    this.members.set(reference, member);
    return member;
  }
  // A link for that member, and a session.
  link({ reference }: Member): string {
    const token = `token-${++this.made}`;
    this.tokens.set(token, reference);
    return `${this.address}/sign-in#token=${token}`;
  }
  session({ reference }: Member, second_factor = false): string {
    const name = `session-${++this.made}`;
    this.sessions.set(name, { member: reference, second_factor });
    return name;
  }

  private get now(): string {
    return new Date(this.time).toISOString().replace(".000", "");
  }
  // The hashes of the charter's versions, the oldest first.
  private charters(): string[] {
    const changes = this.motions.filter(({ stage }) => stage === "in-force").map(({ text }) => text!);
    return [charter, ...changes.reverse()].map(sha256);
  }
  private organisation(): Organisation {
    return { ...organisation(origin, this.ledger.length, this.now, [...this.members.values()], this.charters()), flags: this.flags };
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url!, "http://site");
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString("utf8");
    const cookie = /session=([^;]+)/.exec(request.headers.cookie ?? "")?.[1] ?? "";
    const call = `${request.method} ${pathname}`;
    const json = (status: number, value: unknown, headers: Record<string, string> = {}) => {
      response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store", ...headers });
      response.end(JSON.stringify(value));
    };
    const problem = (status: number, name: string, detail: string, more = {}) => json(status, { type: `/problems/${name}`, title: name, status, detail, ...more });
    if (!pathname.startsWith("/api/")) return this.file(pathname, response);

    const body = text ? (JSON.parse(text) as Record<string, unknown>) : {};
    const described = (session: { member: string; second_factor: boolean }) => {
      const { reference, name, posts } = this.members.get(session.member)!;
      return { member: reference, name, language: "en", posts: posts.map(({ post }) => post), second_factor: session.second_factor };
    };
    switch (call) {
      case "POST /api/v1/sign-in":
        this.asked.push(body as { email: string; language: string });
        return json(202, {});
      case "GET /api/v1/sign-in":
        return json(200, { provider: this.provider, example: this.example });
      case "POST /api/v1/oidc/start": // at once to where a provider would lead back to
        return json(201, { url: `${this.address}/api/v1/oidc/return` });
      case "GET /api/v1/oidc/return": {
        const cookie: Record<string, string> = this.provides ? { "set-cookie": `session=${this.session(this.provides)}; Path=/; HttpOnly; SameSite=Strict` } : {};
        response.writeHead(303, { location: `/sign-in?provider=${this.provides ? "done" : "refused"}`, ...cookie });
        return void response.end();
      }
      case "POST /api/v1/session": {
        const member = this.tokens.get(String(body.token));
        if (!member) return problem(403, "refused", "the link has been used, or its time is over");
        this.tokens.delete(String(body.token));
        const name = this.session(this.members.get(member)!);
        return json(201, described(this.sessions.get(name)!), { "set-cookie": `session=${name}; Path=/; HttpOnly; SameSite=Strict` });
      }
      case "GET /api/v1/organisation":
        return json(200, this.organisation());
      case "GET /api/v1/contests":
        return json(200, this.contests);
      case "GET /api/v1/petitions":
        return json(200, this.petitions);
      case "GET /api/v1/motions":
        return json(200, this.motions);
      case "GET /api/v1/cases":
        return json(200, this.cases);
      case "GET /api/v1/spending":
        return json(200, this.spending);
      case "GET /api/v1/roll":
        return json(200, this.roll);
      case "GET /api/v1/elections":
        return json(200, []);
      case "GET /api/v1/acts":
        return json(200, { acts: catalogue });
      case "GET /api/v1/ledger": {
        const from = Number(searchParams.get("from") ?? 0);
        const limit = Number(searchParams.get("limit") ?? 100);
        const about = searchParams.get("about");
        if (about) return json(200, { acts: this.ledger.length, entries: this.ledger.filter(({ body, actor }) => Object.values(body).includes(about) || actor?.person.member === about) });
        return json(200, { acts: this.ledger.length, entries: this.ledger.slice(from, from + limit) });
      }
    }
    const contest = this.contests.find(({ id }) => pathname === `/api/v1/contests/${id}`);
    if (contest) return json(200, emptyContest(contest));
    if (pathname.startsWith("/api/v1/receipts/")) {
      response.writeHead(200, { "content-type": "text/plain" });
      return void response.end(`receipt of ${pathname.split("/").pop()}\n`);
    }

    const session = this.sessions.get(cookie);
    if (!session) return problem(401, cookie ? "session-expired" : "not-signed-in", "sign in first");
    const me = this.members.get(session.member)!;
    if (pathname.startsWith("/api/v1/factors/")) {
      me.factors = me.factors.filter(({ id }) => !pathname.endsWith(`/${id}`));
      return json(200, {});
    }
    if (pathname.startsWith("/api/v1/awaiting/")) {
      this.waiting.splice(this.waiting.findIndex(({ id }) => pathname.endsWith(`/${id}`)), 1);
      return json(200, {});
    }
    const right = body.password === this.password;
    switch (call) {
      case "GET /api/v1/session":
        return json(200, described(session));
      case "DELETE /api/v1/session":
        this.sessions.delete(cookie);
        return json(200, {});
      case "GET /api/v1/factors":
        return json(200, me.factors);
      case "POST /api/v1/app/offer":
        if (me.factors.length > 0 && !session.second_factor) return problem(403, "refused", "show your second factor first");
        return json(201, { uri: "otpauth://totp/Fake:Ada?secret=JBSWY3DPEHPK3PXP&issuer=Fake&algorithm=SHA1&digits=6&period=30" });
      case "POST /api/v1/app":
        if (!right) return problem(403, "refused", "that is not the app's password now");
        me.factors.push({ id: "app-1", kind: "app", added: this.now });
        return json(201, {});
      case "POST /api/v1/session/app":
        if (!right) return problem(403, "refused", "that is not the app's password now, or it has been used");
        session.second_factor = true;
        return json(201, described(session));
      case "GET /api/v1/letters":
        return json(200, this.letters);
      case "PUT /api/v1/preferences":
        this.notices = body.notices as boolean;
        return json(200, { notices: this.notices });
      case "GET /api/v1/preferences":
        return json(200, { notices: this.notices });
      case "GET /api/v1/me":
        return json(200, this.mine(me, session.second_factor));
      case "GET /api/v1/members": {
        if (!session.second_factor) return problem(403, "second-factor", "whoever acts in an office shows a second factor first");
        const name = (searchParams.get("name") ?? "").toLowerCase();
        const found = [...this.members.values()].filter((one) => one.name.toLowerCase().includes(name));
        return json(200, { members: found.map((one) => ({ member: one.reference, name: one.name, standing: "active", section: "" })) });
      }
      case "POST /api/v1/acts/consider":
        return json(200, this.consider(body.request as Request, me));
      case "GET /api/v1/awaiting":
        return json(200, { awaiting: this.waiting.filter((one) => one.begun_by === me.reference || one.waits_for === me.reference) });
      case "POST /api/v1/awaiting":
      case "POST /api/v1/acts": {
        if (this.losing === "all") return void request.socket.destroy();
        const handed = body as unknown as Handed;
        if ((handed.request.actor.office || handed.signatures.length > 0) && handed.request.actor.office && !session.second_factor) {
          return problem(403, "second-factor", "whoever acts in an office shows a second factor first");
        }
        const key = String(request.headers["idempotency-key"]);
        if (!/^"[A-Za-z0-9_-]{16,64}"$/.test(key)) return problem(400, "bad-key", `Idempotency-Key: ${key}`);
        const asked = `${call} ${JSON.stringify(handed.request)}`;
        const before = this.answered.get(`${me.reference} ${key}`);
        if (before) return before.asked === asked ? json(201, before.answer) : problem(422, "key-used", "another request was made under this key");
        const answer = (came: unknown) => {
          this.answered.set(`${me.reference} ${key}`, { asked, answer: came });
          if (this.losing !== "answer") return json(201, came);
          this.losing = "all";
          request.socket.destroy();
        };
        const wrong = this.check(handed);
        if (wrong) return problem(400, "bad-body", wrong);
        const refusal = this.refuses(handed.request);
        if (refusal) return problem(409, "refused", refusal.reason, { rule: refusal.rule, recorded: false });
        if (call.endsWith("awaiting")) {
          const [next] = this.signers(handed.request).filter(({ member }) => !handed.signatures.some((one) => one.member === member));
          this.waiting.push({ ...handed, id: `waiting-${++this.made}`, begun_by: me.reference, waits_for: next!.member, since: this.now });
          return answer({ id: this.waiting[this.waiting.length - 1]!.id });
        }
        return answer({ number: this.enter(handed), type: handed.request.type, about: [], act: this.act(handed.request) });
      }
    }
    return problem(404, "not-found", call);
  }

  private mine(me: Member, second_factor: boolean): Me {
    return {
      member: me.reference,
      name: me.name,
      language: "en",
      standing: "active",
      section: "",
      key: me.key,
      second_factor,
      posts: me.posts,
      elections: me.elections,
      petitions: me.petitions,
      applications: me.applications,
      work: me.work,
      awaiting: this.waiting.filter(({ waits_for }) => waits_for === me.reference).length,
    };
  }

  private kind({ type }: Request): ActKind {
    return catalogue.find((kind) => kind.type === type)!;
  }
  private act(request: Request): RecordedAct {
    return { type: request.type, time: this.now, actor: request.actor, ...(request.seconded_by ? { seconded_by: request.seconded_by } : {}), charter: 1, body: request.body };
  }
  private signers(request: Request): { member: string; key: string }[] {
    const { actor, seconded_by = [], type, body } = request;
    const keyOf = (member: string) => (type === "member.enrol_key" ? String(body.key) : this.members.get(member)!.key);
    const all = [...(actor.office || this.kind(request).signed ? [actor] : []), ...seconded_by];
    return all.map(({ member }) => ({ member, key: keyOf(member) }));
  }
  private text(request: Request, member: string, asked: string): string {
    return `folkmoot/act/v1\n${origin}\n${member}\n${asked}\n${JSON.stringify(request)}\n`;
  }
  private consider(request: Request, me: Member): unknown {
    const refusal = this.refuses(request);
    if (refusal) return { allowed: false, ...refusal, recorded: false };
    const text = this.text(request, me.reference, this.now);
    return { allowed: true, rule: `acts.${request.type}`, act: this.act(request), signers: this.signers(request), text: this.swaps ? this.swaps(text) : text, asked: this.now };
  }

  // What is wrong with what was handed in; nothing if all is as it should be.
  private check({ request, signatures, texts }: Handed): string {
    const order = ["type", "actor", "seconded_by", "body"].filter((name) => name in request);
    if (Object.keys(request).join() !== order.join()) return `not in canonical order: ${Object.keys(request).join()}`;
    const fields = this.kind(request).fields.filter(({ name }) => name in request.body);
    if (fields.map(({ name }) => name).join() !== Object.keys(request.body).join()) return "body: not in the declared order";
    for (const { member, asked, signature } of signatures) {
      const signer = this.signers(request).find((one) => one.member === member);
      if (!signer?.key) return `${member} need not sign, or has no key`;
      const der = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), Buffer.from(signer.key, "hex")]);
      const key = createPublicKey({ key: der, format: "der", type: "spki" });
      if (!verify(null, Buffer.from(this.text(request, member, asked)), key, Buffer.from(signature, "hex"))) return `the signature of ${member} is wrong`;
    }
    const named = Object.values(request.body);
    const stray = texts.find((one) => !named.includes(sha256(one)) || named.includes(one));
    if (stray !== undefined) return "a text that the act does not name, or has itself";
    const all = [...texts, ...named.map(String)];
    const missing = fields.find(({ name, document }) => document === "text" && !all.some((one) => sha256(one) === request.body[name]));
    return missing ? `the text of ${missing.name} is not here` : "";
  }

  private enter({ request, texts }: Handed): number {
    for (const one of texts) this.published.set(sha256(one), one);
    this.waiting.splice(0, this.waiting.length, ...this.waiting.filter((one) => JSON.stringify(one.request) !== JSON.stringify(request)));
    const me = this.members.get(request.actor.member)!;
    if (request.type === "member.enrol_key") me.key = String(request.body.key);
    if (request.type === "member.withdraw_key") me.key = "";
    const actor = { person: person(me), office: request.actor.office ?? null };
    const number = this.ledger.length;
    this.ledger.push({ number, type: request.type, time: this.now, actor, seconded_by: [], charter: 1, rule: null, refused: null, things: [], body: request.body });
    return number;
  }

  private file(pathname: string, response: ServerResponse): void {
    const text = this.published.get(pathname.replace("/ledger/published/", ""));
    if (text !== undefined) return void response.end(text);
    const section = pathname.split("/")[1]!;
    const name = pages.includes(section) ? `${section}.html` : section === "" ? "index.html" : pathname.slice(1);
    const path = join(root, "build/web", name);
    if (name.includes("..") || !existsSync(path)) {
      response.writeHead(404);
      return void response.end();
    }
    response.writeHead(200, { "content-type": types[extname(path)] ?? "application/octet-stream", "content-security-policy": policy });
    response.end(readFileSync(path));
  }
}
