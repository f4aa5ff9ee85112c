// Partial decryptions (specification, section 4.20).
import type { Bytes } from "./bytes.js";
import type { Election } from "./election.js";
import { challenge, type Element, g, readElement, text } from "./group.js";
import { array, arrayOf, fields, type Json, parse } from "./json.js";
import { type Ciphertext, commitment, type Proof, readProof } from "./proof.js";
import { demand, pairs, within } from "./refusal.js";
import type { EncryptedTally } from "./tally.js";

/** Of each question its rows of factors, in the shape of the tally. */
export type Factors = readonly (readonly (readonly Element[])[])[];

function checkFactor(
  fingerprint: string,
  key: Element,
  ciphertext: Ciphertext,
  factor: Element,
  proof: Proof,
): boolean {
  const a = commitment(g, key, proof);
  const b = commitment(ciphertext.alpha, factor, proof);
  return proof.challenge === challenge(`decrypt|${fingerprint}|${text(key)}|${text(a)},${text(b)}`);
}

// In the shape in which a question's cells are published, those of lists in rows.
function readQuestions<T>(election: Election, value: Json, read: (cell: Json) => T): T[][][] {
  return pairs(
    election.questions,
    array(value, (question) => question),
  ).map(([question, cells]) => (question.kind === "lists" ? array(cells, arrayOf(read)) : [array(cells, read)]));
}

/** Checks the partial decryption of the tally with the private part of `key`, and returns its factors. */
export function checkDecryption(election: Election, tally: EncryptedTally, key: Element, content: Bytes): Factors {
  const decryption = fields(parse(content), "decryption_factors", "decryption_proofs");
  const factors = readQuestions(election, decryption.decryption_factors, readElement);
  const proofs = readQuestions(election, decryption.decryption_proofs, readProof);
  pairs(tally, pairs(factors, proofs)).forEach(([rows, [factorRows, proofRows]], i) => {
    within(`question ${i + 1}`, () => {
      pairs(rows, pairs(factorRows, proofRows)).forEach(([row, [factorRow, proofRow]]) =>
        pairs(row, pairs(factorRow, proofRow)).forEach(([ciphertext, [factor, proof]], j) =>
          within(`factor ${j + 1}`, () => {
            const good = checkFactor(election.fingerprint, key, ciphertext, factor, proof);
            demand(good, "the proof of the decryption is wrong");
          }),
        ),
      );
    });
  });
  return factors;
}
