// No element of the record is 1 (docs/strict-profile.md, section 6). That all are in the group, the verification of the
// record under Belenios 3.3.0 has seen.
import type { Election } from "../verify/election.js";
import type { Step } from "../verify/events.js";
import { one, text } from "../verify/group.js";
import { type Json, parse } from "../verify/json.js";
import { demand, within } from "../verify/refusal.js";

const textOfOne = text(one);

// All strings, and those in signed messages, which are JSON texts themselves. Nothing else than the election has free
// texts in it, so whatever reads like an element is one.
function strings(value: Json): string[] {
  switch (value.kind) {
    case "object":
      return value.fields.flatMap(([name, field]) =>
        name === "message" && field.kind === "string" ? strings(parse(field.value)) : strings(field),
      );
    case "array":
      return value.items.flatMap(strings);
    case "string":
      return [value.value];
    default:
      return [];
  }
}

/** That nothing in the structure, which is not the election, is 1. */
export function demandNotOne(value: Json): void {
  for (const element of strings(value)) {
    demand(element.replace(/,.*/, "") !== textOfOne, "an element is 1");
  }
}

export function checkElements(election: Election, steps: readonly Step[]): void {
  demand(!election.publicKey.equals(one), "the election's key is 1");
  steps.forEach((step, height) =>
    within(`${step.type} at height ${height}`, () => {
      const data = step.type === "Setup" ? step.data.slice(1) : step.data;
      for (const { content } of data) demandNotOne(parse(content));
    }),
  );
}
