// Shuffles of what is not added up (specification, section 4.19).
import type { Election } from "./election.js";
import type { Bytes } from "./bytes.js";
import { array, arrayOf, fields, parse } from "./json.js";
import { type Ciphertext, readCiphertext } from "./proof.js";
import { at, demand, within } from "./refusal.js";
import { checkShuffleProof, readShuffleProof } from "./shuffle_proof.js";
import type { EncryptedTally } from "./tally.js";

/** nh_ciphertexts(a). */
export function nonHomomorphicCiphertexts(election: Election, tally: EncryptedTally): (readonly Ciphertext[])[] {
  return tally.filter((_, i) => at(election.questions, i).kind === "non-homomorphic").map((rows) => at(rows, 0));
}

/** The tally with those ciphertexts in the place of what was shuffled. */
export function merge(
  election: Election,
  tally: EncryptedTally,
  shuffled: readonly (readonly Ciphertext[])[],
): EncryptedTally {
  let next = 0;
  return tally.map((rows, i) => (at(election.questions, i).kind === "non-homomorphic" ? [at(shuffled, next++)] : rows));
}

/** Checks a shuffle of `before`, and returns what it made of it. */
export function checkShuffle(
  election: Election,
  before: readonly (readonly Ciphertext[])[],
  content: Bytes,
): (readonly Ciphertext[])[] {
  const shuffle = fields(parse(content), "ciphertexts", "proofs");
  const ciphertexts = array(shuffle.ciphertexts, arrayOf(readCiphertext));
  const proofs = array(shuffle.proofs, readShuffleProof);
  demand(ciphertexts.length === before.length && proofs.length === before.length, "not of as many questions");
  before.forEach((e, i) =>
    within(`shuffled question ${i + 1}`, () =>
      checkShuffleProof(at(proofs, i), e, at(ciphertexts, i), election.publicKey, election.fingerprint),
    ),
  );
  return ciphertexts;
}
