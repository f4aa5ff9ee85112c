// What is asked (specification, section 4.9).
import { array, arrayOf, boolean, fields, integer, type Json, string } from "./json.js";
import { demand, refuse } from "./refusal.js";

export type Question =
  | {
      readonly kind: "homomorphic";
      readonly answers: number;
      readonly blank: boolean;
      readonly min: number;
      readonly max: number;
    }
  | { readonly kind: "non-homomorphic"; readonly answers: number }
  /** Of each list its name and candidates: how many ciphertexts it has. */
  | { readonly kind: "lists"; readonly lists: readonly number[] };

// 8 bits a number and 14 of padding in the 255 bits of a y coordinate (section 5.2.1).
const mostNumbers = 30;

function readHomomorphic(value: Json): Question {
  const question = fields(value, "answers", "?blank", "min", "max", "question");
  string(question.question);
  const answers = array(question.answers, string).length;
  const min = integer(question.min);
  const max = integer(question.max);
  demand(min >= 0 && min <= max, `from ${min} to ${max} answers`);
  return { kind: "homomorphic", answers, blank: question.blank !== undefined && boolean(question.blank), min, max };
}

function readNonHomomorphic(value: Json): Question {
  const question = fields(value, "answers", "question");
  string(question.question);
  const answers = array(question.answers, string).length;
  demand(answers <= mostNumbers, `${answers} numbers, more than an element carries`);
  return { kind: "non-homomorphic", answers };
}

function readLists(value: Json): Question {
  const question = fields(value, "answers", "question");
  string(question.question);
  const lists = array(question.answers, arrayOf(string)).map((list) => list.length);
  demand(
    lists.every((length) => length > 0),
    "a list without a name",
  );
  return { kind: "lists", lists };
}

export function readQuestion(value: Json): Question {
  demand(value.kind === "object", "not an object");
  if (value.fields[0]?.[0] !== "type") return readHomomorphic(value);
  const question = fields(value, "type", "value", "?extra");
  const type = string(question.type);
  if (type === "NonHomomorphic") return readNonHomomorphic(question.value);
  if (type === "Lists") return readLists(question.value);
  return refuse(`no question is of the type "${type}"`);
}
