// What somebody else's act has asked of a member, and they have not answered yet: to confirm or deny an endorsement or
// what is said about them, to reply in a case.
import type { Act } from "../site/schema";

interface Question {
  act: string;
  field: string; // that names the member
  answers: string[];
}
const questions: Question[] = [
  { act: "endorsement.claim", field: "endorser", answers: ["endorsement.confirm", "endorsement.deny"] },
  { act: "claim.note", field: "member", answers: ["claim.confirm", "claim.deny"] },
  { act: "case.open", field: "member", answers: ["case.reply"] },
];

export interface Asked {
  act: Act;
  field: string; // of the answers, for the thing
  thing: string;
  answers: string[];
}

// From the acts about the member, in order. A thing's id is its process with the number of the act that opened it.
export function askedOf(member: string, acts: Act[]): Asked[] {
  const open = acts.flatMap((act): Asked[] => {
    const question = questions.find((one) => one.act === act.type);
    if (!question || act.refused || act.body[question.field] !== member) return [];
    const field = act.type.split(".")[0]!;
    return [{ act, field, thing: `${field}-${act.number}`, answers: question.answers }];
  });
  return open.filter(({ field, thing, answers }) => !acts.some((act) => answers.includes(act.type) && !act.refused && act.body[field] === thing));
}
