// The types of what the server answers are those of its description.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../support/native";
import { answerOf, misfits } from "../support/schema";
// @ts-expect-error: a script without types
import { types } from "../../tools/types.mjs";

it("has them as `npm run types` writes them", () => {
  expect(readFileSync(join(root, "web/src/site/schema.ts"), "utf8")).toBe((types as () => string)());
});

it("knows what fits a schema, and what does not", () => {
  const page = answerOf("/api/v1/ledger");
  const act = { number: 1, type: "t", time: null, actor: null, seconded_by: [], charter: 1, rule: null, refused: null, things: ["x"], body: { a: 1 } };
  expect(misfits({ acts: 1, entries: [act] }, page)).toEqual([]);
  expect(misfits({ acts: "1", entries: [act] }, page)).toEqual(["$.acts: string where there should be integer"]);
  expect(misfits({ acts: 1, entries: [{ ...act, more: 1 }] }, page)).toEqual(["$.entries[0].more: not described"]);
  expect(misfits({ acts: 1 }, page)).toEqual(["$.entries: missing"]);
  expect(misfits({ acts: 1, entries: [{ ...act, things: [1] }] }, page)).toHaveLength(1);
});
