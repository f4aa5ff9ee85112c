// What somebody asks for, and the text that they sign for it: src/audit/entry.hpp says both. The browser writes that text
// itself and compares it with the server's, so that nobody signs what they have not seen.

export interface Actor {
  office?: string; // a post that the member holds
  member: string;
}
export type Value = string | number | boolean | string[];
export interface Request {
  type: string;
  actor: Actor;
  seconded_by?: Actor[];
  body: Record<string, Value>; // in the declared order
}
export interface Signature {
  member: string;
  asked: string;
  signature: string; // 128 hexadecimal digits
}
export interface SignedRequest {
  request: Request;
  signatures: Signature[];
  texts: string[]; // to be published, whose SHA-256 the body names
}

const actorOf = ({ office, member }: Actor): Actor => (office ? { office, member } : { member });

// With its members in the canonical order; the body's are so already.
export function inOrder({ type, actor, seconded_by, body }: Request): Request {
  return { type, actor: actorOf(actor), ...(seconded_by?.length ? { seconded_by: seconded_by.map(actorOf) } : {}), body };
}

// As src/base/json.hpp writes it.
export const canonical = (value: unknown): string => JSON.stringify(value).replace(/\x7f/g, "\\u007f");

// "2026-03-01T12:00:00Z": whole seconds.
export const timeText = (time: Date): string => time.toISOString().replace(/\.\d+Z$/, "Z");

export function signedText(origin: string, request: Request, member: string, asked: string): string {
  return `folkmoot/act/v1\n${origin}\n${member}\n${asked}\n${canonical(inOrder(request))}\n`;
}
