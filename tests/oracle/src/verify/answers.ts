// Encrypted answers, a reader and checker for each kind of question (specification, section 4.11).
import type { Element } from "./group.js";
import { checkInterval, range } from "./interval.js";
import { array, arrayOf, fields, type Json } from "./json.js";
import { checkListProof } from "./list_constraint.js";
import { checkNonzeroProof, readNonzeroProof } from "./nonzero.js";
import { checkBlankProof, checkOverallProof } from "./possibly_blank.js";
import {
  type Ciphertext,
  ciphertextText,
  type Proof,
  readCiphertext,
  readProof,
  readProofPair,
  readProofs,
  sum,
} from "./proof.js";
import type { Question } from "./questions.js";
import { checkRawEncryption } from "./raw_encryption.js";
import { at, demand, pairs, within } from "./refusal.js";

/** The ciphertexts of an answer: of a lists question a row for each list, else one row. */
export type Choices = readonly (readonly Ciphertext[])[];

type Homomorphic = Question & { kind: "homomorphic" };
type Lists = Question & { kind: "lists" };

function bound(S0: string, ciphertexts: readonly Ciphertext[]): string {
  return `${S0}|${ciphertexts.map(ciphertextText).join(",")}`;
}

function checkIndividualProofs(S0: string, y: Element, choices: readonly Ciphertext[], proofs: readonly Proof[][]) {
  pairs(choices, proofs).forEach(([choice, proof], i) =>
    within(`choice ${i + 1}`, () => checkInterval(S0, y, choice, range(0, 1, proof.length), proof)),
  );
}

function checkHomomorphic(S0: string, y: Element, question: Homomorphic, value: Json): Choices {
  const answer = fields(value, "choices", "individual_proofs", "overall_proof", "?blank_proof");
  const choices = array(answer.choices, readCiphertext);
  demand(choices.length === question.answers + (question.blank ? 1 : 0), `${choices.length} choices`);
  checkIndividualProofs(S0, y, choices, array(answer.individual_proofs, readProofs));
  const S = bound(S0, choices);
  const overall = readProofs(answer.overall_proof);
  if (question.blank) {
    demand(answer.blank_proof !== undefined, "no blank proof");
    const values = range(question.min, question.max, overall.length - 1);
    const [zero, sigma] = [at(choices, 0), sum(choices.slice(1))];
    checkBlankProof(S, y, zero, sigma, readProofPair(answer.blank_proof));
    checkOverallProof(S, y, zero, sigma, values, overall);
  } else {
    demand(answer.blank_proof === undefined, "a blank proof where no blank is allowed");
    const values = range(question.min, question.max, overall.length);
    within("all choices together", () => checkInterval(S, y, sum(choices), values, overall));
  }
  return [choices];
}

function checkNonHomomorphic(S0: string, y: Element, value: Json): Choices {
  const answer = fields(value, "choices", "proof");
  const ciphertext = readCiphertext(answer.choices);
  // The spec's S is that of the answer without its choices, which the hash has anyway.
  checkRawEncryption(S0, y, ciphertext, readProof(answer.proof));
  return [[ciphertext]];
}

function checkLists(S0: string, y: Element, question: Lists, value: Json): Choices {
  const names = ["choices", "individual_proofs", "overall_proof", "list_proofs", "nonzero_proof"] as const;
  const answer = fields(value, ...names);
  const choices = array(answer.choices, arrayOf(readCiphertext));
  for (const [list, length] of pairs(choices, question.lists)) demand(list.length === length, "a list of other length");
  const individual = array(answer.individual_proofs, arrayOf(readProofs));
  pairs(choices, individual).forEach(([list, proofs], i) =>
    within(`list ${i + 1}`, () => checkIndividualProofs(S0, y, list, proofs)),
  );
  const S = bound(S0, choices.flat());
  const names_ = choices.map((list) => at(list, 0));
  const candidates = choices.map((list) => list.slice(1));
  within("all lists together", () => checkInterval(S, y, sum(names_), [1n], [readProof(answer.overall_proof)]));
  pairs(choices, array(answer.list_proofs, readProofPair)).forEach(([list, proofs], i) =>
    within(`list ${i + 1}`, () => checkListProof(S, y, at(list, 0), sum(list.slice(1)), proofs)),
  );
  checkNonzeroProof(S, y, sum(candidates.flat()), readNonzeroProof(answer.nonzero_proof));
  return choices;
}

/** Checks the answer to a question, and returns its ciphertexts. S₀ is the fingerprint, a bar and the credential. */
export function checkAnswer(S0: string, y: Element, question: Question, value: Json): Choices {
  switch (question.kind) {
    case "homomorphic":
      return checkHomomorphic(S0, y, question, value);
    case "non-homomorphic":
      return checkNonHomomorphic(S0, y, value);
    case "lists":
      return checkLists(S0, y, question, value);
  }
}
