// From the paper to the numbers that the module takes.
import { describe, expect, it } from "vitest";
import { emptyAnswer, faultOf, plainAnswer, readElection, type Question } from "../../src/election";

const choice: Question = { kind: "choice", text: "?", answers: ["a", "b", "c"], min: 1, max: 2, blank: true };

describe("a choice", () => {
  it("is a bit for each answer, led by the blank one", () => {
    expect(plainAnswer(choice, { kind: "choice", chosen: [2, 0], blank: false })).toEqual([0, 1, 0, 1]);
    expect(plainAnswer(choice, { kind: "choice", chosen: [], blank: true })).toEqual([1, 0, 0, 0]);
    expect(plainAnswer({ ...choice, blank: false }, { kind: "choice", chosen: [1], blank: false })).toEqual([0, 1, 0]);
  });
  it("must be of as many as the question says", () => {
    expect(faultOf(choice, emptyAnswer(choice))).toEqual({ message: "fault.tooFew", n: 1 });
    expect(faultOf(choice, { kind: "choice", chosen: [0, 1, 2], blank: false })).toEqual({ message: "fault.tooMany", n: 2 });
    expect(faultOf(choice, { kind: "choice", chosen: [], blank: true })).toBeNull();
  });
});

describe("a ranking", () => {
  it("is a rank for each candidate", () => {
    const question: Question = { kind: "ranking", text: "?", candidates: ["a", "b", "c"], places: 3, slots: null };
    expect(plainAnswer(question, { kind: "ranking", order: [2, 0] })).toEqual([2, 0, 1]);
    expect(faultOf(question, emptyAnswer(question))).toBeNull();
  });
  it("is a candidate for each slot where there are slots", () => {
    const question: Question = { kind: "ranking", text: "?", candidates: ["a", "b", "c", "d"], places: 3, slots: 3 };
    expect(plainAnswer(question, { kind: "ranking", order: [3, 0] })).toEqual([4, 1, 0]);
  });
});

it("grades from 1, the best, and 0 for none", () => {
  const question: Question = { kind: "grades", text: "?", answers: ["a", "b"], grades: ["good", "bad"] };
  expect(plainAnswer(question, { kind: "grades", grades: [1, null] })).toEqual([2, 0]);
});

it("chooses a list and candidates of it", () => {
  const question: Question = { kind: "lists", text: "?", lists: [{ name: "L", candidates: ["a", "b"] }, { name: "M", candidates: ["c"] }] };
  expect(faultOf(question, emptyAnswer(question))).toEqual({ message: "fault.list" });
  expect(faultOf(question, { kind: "lists", list: 0, chosen: [] })).toEqual({ message: "fault.listCandidate" });
  expect(plainAnswer(question, { kind: "lists", list: 0, chosen: [1] })).toEqual([[1, 0, 1], [0, 0]]);
});

it("reads each kind of question", () => {
  const { questions } = readElection(
    JSON.stringify({
      questions: [
        { answers: ["a"], blank: true, min: 0, max: 1, question: "1" },
        { type: "NonHomomorphic", value: { answers: ["a", "b"], question: "2" } },
        { type: "NonHomomorphic", value: { answers: ["1st"], question: "3" }, extra: { type: "PreferenceSlots", candidates: ["x", "y"] } },
        { type: "NonHomomorphic", value: { answers: ["a"], question: "4" }, extra: { type: "MajorityJudgment", grades: ["good"] } },
        { type: "Lists", value: { answers: [["L", "a"]], question: "5" } },
      ],
    }),
  );
  expect(questions).toEqual([
    { kind: "choice", text: "1", answers: ["a"], min: 0, max: 1, blank: true },
    { kind: "ranking", text: "2", candidates: ["a", "b"], places: 2, slots: null },
    { kind: "ranking", text: "3", candidates: ["x", "y"], places: 1, slots: 1 },
    { kind: "grades", text: "4", answers: ["a"], grades: ["good"] },
    { kind: "lists", text: "5", lists: [{ name: "L", candidates: ["a"] }] },
  ]);
});
