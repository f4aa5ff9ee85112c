// Ballots (specification, section 4.17).
import { checkAnswer, type Choices } from "./answers.js";
import { type Bytes, compactBase64, hashHex } from "./bytes.js";
import { type Election, readElection } from "./election.js";
import { readElement, text } from "./group.js";
import { array, fields, type Json, parse, string } from "./json.js";
import { readProof } from "./proof.js";
import { at, demand, pairs, Refusal, within } from "./refusal.js";
import { checkBallotSignature } from "./signature.js";

export interface Ballot {
  /** The text of the public credential. */
  readonly credential: string;
  /** The ciphertexts of each answer. */
  readonly answers: readonly Choices[];
}

// The hash that is signed: of the ballot's text without the signature.
function signedHash(ballot: Json, signature: Json): string {
  const unsigned = ballot.text.slice(0, ballot.text.lastIndexOf(',"signature":' + signature.text));
  return compactBase64(hashHex(unsigned + "}"));
}

/** Reads a ballot and checks its form, its proofs and its signature; not whether its credential may vote. */
export function checkBallot(election: Election, content: Bytes | string): Ballot {
  const json = parse(content);
  const ballot = fields(json, "election_uuid", "election_hash", "credential", "answers", "signature");
  demand(string(ballot.election_uuid) === election.uuid, "for an election of another uuid");
  demand(string(ballot.election_hash) === election.fingerprint, "for an election of another fingerprint");
  const credential = readElement(ballot.credential);

  const signature = fields(ballot.signature, "hash", "proof");
  const hash = string(signature.hash);
  demand(hash === signedHash(json, ballot.signature), "the signature is of something else");
  checkBallotSignature(credential, hash, readProof(signature.proof));

  const S0 = `${election.fingerprint}|${text(credential)}`;
  const answers = pairs(
    election.questions,
    array(ballot.answers, (answer) => answer),
  ).map(([question, answer], i) =>
    within(`question ${i + 1}`, () => checkAnswer(S0, election.publicKey, question, answer)),
  );
  return { credential: text(credential), answers };
}

export type BallotVerdict =
  | { readonly valid: true; readonly tracker: string; readonly credential: string }
  | { readonly valid: false; readonly reason: string };

/**
 * Whether a ballot would be accepted, from the texts of the election and the ballot as they stand in the record. With
 * the text of the public credentials, the ballot's must be among them.
 */
export function verifyBallot(electionJson: string, ballotJson: string, credentialsJson?: string): BallotVerdict {
  try {
    const { credential } = checkBallot(readElection(electionJson), ballotJson);
    if (credentialsJson !== undefined) {
      const listed = array(parse(credentialsJson), string).map((entry) => at(entry.split(","), 0));
      demand(listed.includes(credential), "its credential is not on the list");
    }
    return { valid: true, tracker: compactBase64(hashHex(ballotJson)), credential };
  } catch (error) {
    if (error instanceof Refusal) return { valid: false, reason: error.message };
    throw error;
  }
}
