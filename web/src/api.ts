// Asking the server, and its interface as far as the booth and the audit use it.
import type { ElectionInList, Tracker, Trackers, Voting } from "./site/schema";

export type ElectionView = Voting;
export type ElectionHead = ElectionInList;

// RFC 9457. `type` ends with one of these names where the page has something to say about it.
export type ProblemName =
  | "not-open"
  | "closed"
  | "unknown-credential"
  | "not-found"
  | "session-expired"
  | "second-factor"
  | "too-many"
  | "refused"
  | "unreachable";

export class Problem extends Error {
  constructor(
    readonly problem: ProblemName,
    readonly detail: string,
    readonly rule = "", // of the charter, that refuses it
  ) {
    super(detail);
  }
}

const known: ProblemName[] = ["not-open", "closed", "unknown-credential", "not-found", "session-expired", "second-factor", "too-many"];

async function problemOf(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => ({}))) as { type?: string; detail?: string; rule?: string };
  const name = body.type?.split("/").pop() as ProblemName | undefined;
  const fallback = response.status === 404 ? "not-found" : response.status === 401 ? "session-expired" : "refused";
  return new Problem(name && known.includes(name) ? name : fallback, body.detail ?? `HTTP ${response.status}`, body.rule);
}

// What a request carries; and a value so, as JSON.
const content = (text: string, type: string) => ({ headers: { "content-type": type }, body: text });
const jsonText = (text: string) => content(text, "application/json");
export const json = (value: unknown) => jsonText(JSON.stringify(value));
export const plain = (text: string) => content(text, "text/plain");

// Throws a Problem for every answer that is none.
export async function request(path: string, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: "same-origin", cache: "no-store", ...init });
  } catch (error) {
    throw new Problem("unreachable", String(error));
  }
  if (!response.ok) throw response.status >= 500 ? new Problem("unreachable", `HTTP ${response.status}`) : await problemOf(response);
  return response;
}

const base = (uuid: string) => `/api/v1/elections/${encodeURIComponent(uuid)}`;

// What the server has at an address of its interface, in JSON.
export async function read<Value>(path: string): Promise<Value> {
  return (await request(path, { cache: "no-cache" })).json();
}

// Does something at an address of its interface, once under a key if there is one; gives what it answers, in JSON.
export async function send<Value>(method: "POST" | "PUT" | "DELETE", path: string, body?: unknown, key?: string): Promise<Value> {
  const once: Record<string, string> = key === undefined ? {} : { "idempotency-key": `"${key}"` };
  const { headers, ...content } = body === undefined ? { headers: {} } : json(body);
  return (await request(path, { method, ...content, headers: { ...headers, ...once } })).json();
}

export const api = {
  // Those whose records the server has.
  elections: () => read<ElectionHead[]>("/api/v1/elections"),
  async election(uuid: string): Promise<ElectionView> {
    return (await request(base(uuid))).json();
  },
  // Whether a public credential is one of the election's.
  async knows(uuid: string, credential: string): Promise<boolean> {
    try {
      await request(`${base(uuid)}/credentials/${credential}`);
      return true;
    } catch (error) {
      if (error instanceof Problem && error.problem === "not-found") return false;
      throw error;
    }
  },
  // The same ballot may be sent twice: the server has it once.
  async cast(uuid: string, ballot: string): Promise<Tracker> {
    return (await request(`${base(uuid)}/ballots`, { method: "POST", ...jsonText(ballot) })).json();
  },
  // Has it noted that a ballot was opened: it cannot be cast any more. As often as one likes.
  async spoil(uuid: string, opened: string): Promise<void> {
    await request(`${base(uuid)}/opened`, { method: "POST", ...jsonText(opened) });
  },
  // The server gives them a thousand at a time.
  async trackers(uuid: string): Promise<string[]> {
    const all: string[] = [];
    for (;;) {
      const page = (await (await request(`${base(uuid)}/ballots?from=${all.length}`)).json()) as Trackers;
      all.push(...page.trackers);
      if (page.trackers.length === 0 || all.length >= page.ballots) return all;
    }
  },
  // Whether a ballot is in the box. What one node has taken another knows a moment later: so no is said only after three
  // looks, over some seconds.
  async hasBallot(uuid: string, tracker: string): Promise<boolean> {
    for (let look = 1; ; ++look) {
      if ((await api.trackers(uuid)).includes(tracker)) return true;
      if (look === 3) return false;
      await new Promise((done) => setTimeout(done, 1500));
    }
  },
  recordAddress: (uuid: string) => `/elections/${encodeURIComponent(uuid)}.bel`,
};
