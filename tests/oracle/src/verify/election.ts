// The election (specification, section 4.10).
import { type Bytes, compactBase64, hashHex } from "./bytes.js";
import { type Element, groupName, one, prepare, readElement } from "./group.js";
import { array, fields, integer, parse, string } from "./json.js";
import { type Question, readQuestion } from "./questions.js";
import { demand } from "./refusal.js";

export interface Election {
  /** φ: the base64 text of the hash of the election's text. */
  readonly fingerprint: string;
  readonly uuid: string;
  /** y. */
  readonly publicKey: Element;
  readonly questions: readonly Question[];
}

export function readElection(content: Bytes | string): Election {
  const election = fields(
    parse(content),
    "version",
    "description",
    "name",
    "group",
    "public_key",
    "questions",
    "uuid",
    "?administrator",
    "?credential_authority",
  );
  demand(integer(election.version) === 1, "not of version 1");
  string(election.description);
  string(election.name);
  demand(string(election.group) === groupName, `not in the group ${groupName}`);
  const publicKey = readElement(election.public_key);
  demand(!publicKey.equals(one), "a public key that hides nothing");
  prepare(publicKey);
  const questions = array(election.questions, readQuestion);
  const uuid = string(election.uuid);
  demand(/^[1-9A-HJ-NP-Za-km-z]{14,}$/.test(uuid), "a uuid that is not of 14 or more base58 characters");
  if (election.administrator) string(election.administrator);
  if (election.credential_authority) string(election.credential_authority);
  return { fingerprint: compactBase64(hashHex(content)), uuid, publicKey, questions };
}

/** Whether there is something to shuffle. */
export function hasRankings(election: Election): boolean {
  return election.questions.some((question) => question.kind === "non-homomorphic");
}
