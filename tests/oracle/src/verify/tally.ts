// Which ballots count, and the encrypted tally that they make (specification, sections 4.17 and 4.18).
import type { Ballot } from "./ballot.js";
import { reverseHex } from "./bytes.js";
import type { Credentials } from "./credentials.js";
import type { Election } from "./election.js";
import { type Element, one, power, text } from "./group.js";
import { largeNumber } from "./json.js";
import type { Ciphertext } from "./proof.js";
import type { Question } from "./questions.js";
import { at } from "./refusal.js";

/** The ciphertexts of a question: of lists a row for each, else one row. */
export type Rows = readonly (readonly Ciphertext[])[];
export type EncryptedTally = readonly Rows[];

/** last(B): of each credential the last ballot, in the order in which these stand. */
export function lastBallots(ballots: readonly Ballot[]): Ballot[] {
  const last = new Map<string, Ballot>();
  for (const ballot of ballots) {
    last.delete(ballot.credential);
    last.set(ballot.credential, ballot);
  }
  return [...last.values()];
}

// The order in the tally: by alpha, then beta, each by its 32 little-endian bytes.
function sorted(ciphertexts: readonly Ciphertext[]): Ciphertext[] {
  const key = ({ alpha, beta }: Ciphertext) => reverseHex(text(alpha)) + reverseHex(text(beta));
  const keyed = ciphertexts.map((ciphertext) => ({ key: key(ciphertext), ciphertext }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return keyed.map(({ ciphertext }) => ciphertext);
}

function shape(question: Question): readonly number[] {
  if (question.kind === "lists") return question.lists;
  return question.kind === "homomorphic" ? [question.answers + (question.blank ? 1 : 0)] : [];
}

function weightedProduct(elements: readonly Element[], weights: readonly bigint[]): Element {
  return elements.reduce((all, element, k) => {
    const weight = at(weights, k);
    return all.add(weight === 1n ? element : power(element, weight));
  }, one);
}

export interface SizedTally {
  readonly tally: EncryptedTally;
  readonly ballots: number;
  readonly totalWeight: bigint;
}

/** The tally of the ballots that count. */
export function computeTally(election: Election, credentials: Credentials, ballots: readonly Ballot[]): SizedTally {
  const weights = ballots.map((ballot) => credentials.get(ballot.credential) ?? 1n);
  const tally = election.questions.map((question, i): Rows => {
    const choices = ballots.map((ballot) => at(ballot.answers, i));
    if (question.kind === "non-homomorphic") return [sorted(choices.map((rows) => at(at(rows, 0), 0)))];
    return shape(question).map((length, row) =>
      Array.from({ length }, (_, j): Ciphertext => {
        const cells = choices.map((rows) => at(at(rows, row), j));
        return {
          alpha: weightedProduct(
            cells.map((cell) => cell.alpha),
            weights,
          ),
          beta: weightedProduct(
            cells.map((cell) => cell.beta),
            weights,
          ),
        };
      }),
    );
  });
  return { tally, ballots: ballots.length, totalWeight: weights.reduce((a, b) => a + b, 0n) };
}

/** What a cell is written as, for each cell, in the shape in which the question's ciphertexts are published. */
export function shapedText(question: Question, rows: readonly (readonly string[])[]): string {
  const texts = rows.map((row) => `[${row.join(",")}]`);
  return question.kind === "lists" ? `[${texts.join(",")}]` : at(texts, 0);
}

/** The one text of the encrypted tally. */
export function tallyText(election: Election, tally: EncryptedTally): string {
  const cell = ({ alpha, beta }: Ciphertext) => `{"alpha":"${text(alpha)}","beta":"${text(beta)}"}`;
  const questions = election.questions.map((question, i) =>
    shapedText(
      question,
      at(tally, i).map((row) => row.map(cell)),
    ),
  );
  return `[${questions.join(",")}]`;
}

/** The one text of the sized encrypted tally, given the hash of the tally's text. */
export function sizedTallyText({ ballots, totalWeight }: SizedTally, hash: string): string {
  const weight = largeNumber(totalWeight);
  return `{"num_tallied":${ballots},"total_weight":${weight},"encrypted_tally":"${hash}"}`;
}
