// Ballots that were opened instead of cast (docs/strict-profile.md, section 8).
import { type Ballot, checkBallot } from "../verify/ballot.js";
import { type Bytes, compactBase64, hashHex } from "../verify/bytes.js";
import type { Election } from "../verify/election.js";
import { type Element, g, power, readScalar } from "../verify/group.js";
import { array, arrayOf, fields, integer, type Json, parse, string } from "../verify/json.js";
import type { Ciphertext } from "../verify/proof.js";
import type { Question } from "../verify/questions.js";
import { at, demand, pairs, Refusal, within } from "../verify/refusal.js";
import { demandNotOne } from "./elements.js";
import { ofInts } from "./plaintexts.js";

// The numbers of an answer: of a lists question a row for each list, else one row.
type Numbers = readonly (readonly number[])[];

const total = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

function readNumbers(question: Question, value: Json): Numbers {
  return question.kind === "lists" ? array(value, arrayOf(integer)) : [array(value, integer)];
}

function demandAllowed(question: Question, numbers: Numbers): void {
  const row = at(numbers, 0);
  if (question.kind === "non-homomorphic") {
    demand(row.length === question.answers, "another number of numbers");
    demand(
      row.every((number) => number >= 0 && number < 256),
      "a number that is not from 0 to 255",
    );
    return;
  }
  demand(
    numbers.flat().every((number) => number === 0 || number === 1),
    "a choice that is neither 0 nor 1",
  );
  if (question.kind === "homomorphic") {
    const blank = question.blank ? row[0] : 0;
    const chosen = total(question.blank ? row.slice(1) : row);
    const allowed = blank === 1 ? chosen === 0 : chosen >= question.min && chosen <= question.max;
    demand(allowed, `${chosen} chosen`);
  } else {
    demand(total(numbers.map((list) => at(list, 0))) === 1, "not exactly one list");
    for (const [name = 0, ...candidates] of numbers) {
      demand(name === 1 ? total(candidates) >= 1 : total(candidates) === 0, "candidates of none or of another list");
    }
  }
}

// What the ciphertexts should hide: g^m of each number, or the one element of a ranking.
function plaintexts(question: Question, numbers: Numbers): Element[] {
  if (question.kind !== "non-homomorphic") return numbers.flat().map((number) => power(g, BigInt(number)));
  const element = ofInts(at(numbers, 0));
  demand(element !== undefined, "numbers that cannot be encoded");
  return [element];
}

function checkCiphertext(y: Element, { alpha, beta }: Ciphertext, plaintext: Element, r: bigint): void {
  demand(alpha.equals(power(g, r)), "the randomness is another");
  demand(beta.equals(power(y, r).add(plaintext)), "something else is encrypted");
}

function checkAnswers(election: Election, ballot: Ballot, answers: readonly Json[], randomness: readonly bigint[][]) {
  pairs(election.questions, pairs(ballot.answers, pairs(answers, randomness))).forEach(
    ([question, [choices, [answer, exponents]]], i) =>
      within(`question ${i + 1}`, () => {
        const numbers = readNumbers(question, answer);
        if (question.kind === "lists") {
          for (const [list, length] of pairs(numbers, question.lists)) demand(list.length === length, "another shape");
        }
        demandAllowed(question, numbers);
        pairs(choices.flat(), pairs(plaintexts(question, numbers), exponents)).forEach(([ciphertext, [plaintext, r]]) =>
          checkCiphertext(election.publicKey, ciphertext, plaintext, r),
        );
      }),
  );
}

export type OpenedVerdict =
  | { readonly valid: true; readonly tracker: string; readonly answers: string }
  | { readonly valid: false; readonly reason: string };

/** Whether the opened ballot encrypts what it says: its tracker, and the answers' text. */
export function judgeOpened(election: Election, content: Bytes): OpenedVerdict {
  try {
    // Section 8 does not say whether the file ends with a line end: it may, and the text is what stands before it.
    const opened = fields(
      parse(content.at(-1) === 0x0a ? content.subarray(0, -1) : content),
      "profile",
      "ballot",
      "answers",
      "randomness",
    );
    demand(string(opened.profile) === "folkmoot-strict-1", "of another profile");
    const ballot = within("ballot", () => checkBallot(election, opened.ballot.text));
    within("ballot", () => demandNotOne(opened.ballot));
    const answers = array(opened.answers, (answer) => answer);
    checkAnswers(election, ballot, answers, array(opened.randomness, arrayOf(readScalar)));
    return { valid: true, tracker: compactBase64(hashHex(opened.ballot.text)), answers: opened.answers.text };
  } catch (error) {
    if (error instanceof Refusal) return { valid: false, reason: error.message };
    throw error;
  }
}
