// The ballot paper: an election's questions as the booth shows them, and a voter's answers as the module takes them.

export type Question =
  | { kind: "choice"; text: string; answers: string[]; min: number; max: number; blank: boolean }
  // `places` candidates can be ranked. The ballot has a number for each candidate, or for each of so many `slots`.
  | { kind: "ranking"; text: string; candidates: string[]; places: number; slots: number | null }
  | { kind: "grades"; text: string; answers: string[]; grades: string[] }
  | { kind: "lists"; text: string; lists: { name: string; candidates: string[] }[] };

export type Answer =
  | { kind: "choice"; chosen: number[]; blank: boolean }
  | { kind: "ranking"; order: number[] } // candidates, the most preferred first
  | { kind: "grades"; grades: (number | null)[] } // 0 is the best
  | { kind: "lists"; list: number | null; chosen: number[] };

export interface Election {
  uuid: string;
  name: string;
  description: string;
  group: string;
  questions: Question[];
}

interface RawQuestion {
  type?: "NonHomomorphic" | "Lists";
  value?: { answers: string[] | string[][]; question: string };
  extra?: { type?: string; candidates?: string[]; grades?: string[] };
  answers?: string[];
  question?: string;
  min?: number;
  max?: number;
  blank?: boolean;
}

function readQuestion(raw: RawQuestion): Question {
  if (raw.type === "Lists") {
    const lists = (raw.value!.answers as string[][]).map(([name, ...candidates]) => ({ name: name!, candidates }));
    return { kind: "lists", text: raw.value!.question, lists };
  }
  if (raw.type === "NonHomomorphic") {
    const answers = raw.value!.answers as string[];
    const text = raw.value!.question;
    if (raw.extra?.type === "MajorityJudgment" && raw.extra.grades) {
      return { kind: "grades", text, answers, grades: raw.extra.grades };
    }
    if (raw.extra?.type === "PreferenceSlots" && raw.extra.candidates) {
      const { candidates } = raw.extra;
      return { kind: "ranking", text, candidates, places: Math.min(answers.length, candidates.length), slots: answers.length };
    }
    return { kind: "ranking", text, candidates: answers, places: answers.length, slots: null };
  }
  const { answers = [], question = "", min = 0, max = answers.length, blank = false } = raw;
  return { kind: "choice", text: question, answers, min, max, blank };
}

// The text has been checked by the module (Booth.open).
export function readElection(text: string): Election {
  const { uuid, name, description, group, questions } = JSON.parse(text) as Election & { questions: RawQuestion[] };
  return { uuid, name, description, group, questions: questions.map(readQuestion) };
}

export function emptyAnswer(question: Question): Answer {
  switch (question.kind) {
    case "choice":
      return { kind: "choice", chosen: [], blank: false };
    case "ranking":
      return { kind: "ranking", order: [] };
    case "grades":
      return { kind: "grades", grades: question.answers.map(() => null) };
    case "lists":
      return { kind: "lists", list: null, chosen: [] };
  }
}

// What keeps an answer from being one that the question allows.
export type Fault = { message: "fault.tooFew" | "fault.tooMany"; n: number } | { message: "fault.list" | "fault.listCandidate" };

export function faultOf(question: Question, answer: Answer): Fault | null {
  if (question.kind === "choice" && answer.kind === "choice") {
    if (answer.blank) return null;
    if (answer.chosen.length < question.min) return { message: "fault.tooFew", n: question.min };
    if (answer.chosen.length > question.max) return { message: "fault.tooMany", n: question.max };
  }
  if (question.kind === "lists" && answer.kind === "lists") {
    if (answer.list === null) return { message: "fault.list" };
    if (answer.chosen.length === 0) return { message: "fault.listCandidate" };
  }
  return null;
}

// The numbers of the answer, as the original tools take them (specification, section 4.9).
export function plainAnswer(question: Question, answer: Answer): number[] | number[][] {
  const bits = (size: number, chosen: number[]) => Array.from({ length: size }, (_, i) => (chosen.includes(i) ? 1 : 0));
  if (question.kind === "choice" && answer.kind === "choice") {
    const chosen = bits(question.answers.length, answer.blank ? [] : answer.chosen);
    return question.blank ? [answer.blank ? 1 : 0, ...chosen] : chosen;
  }
  if (question.kind === "ranking" && answer.kind === "ranking") {
    if (question.slots !== null) return Array.from({ length: question.slots }, (_, i) => (answer.order[i] ?? -1) + 1);
    return question.candidates.map((_, i) => answer.order.indexOf(i) + 1);
  }
  if (question.kind === "grades" && answer.kind === "grades") return answer.grades.map((grade) => (grade ?? -1) + 1);
  if (question.kind === "lists" && answer.kind === "lists") {
    return question.lists.map((list, i) => {
      const mine = answer.list === i;
      return [mine ? 1 : 0, ...bits(list.candidates.length, mine ? answer.chosen : [])];
    });
  }
  throw new Error("an answer of another kind than the question");
}
