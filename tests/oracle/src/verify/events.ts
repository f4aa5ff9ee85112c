// The chain of events, and the data that each brings (specification, section 4.4).
import type { Entry } from "./archive.js";
import { fields, integer, type Json, parse, string } from "./json.js";
import { at, demand, refuse, within } from "./refusal.js";

// Each type with the letter that stands for it below, and with the number of data before its event: the last is its
// payload, which names those before.
const types = {
  Setup: { letter: "S", data: 4 },
  Ballot: { letter: "B", data: 1 },
  EndBallots: { letter: "E", data: 0 },
  EncryptedTally: { letter: "T", data: 2 },
  Shuffle: { letter: "H", data: 2 },
  EndShuffles: { letter: "F", data: 0 },
  PartialDecryption: { letter: "D", data: 2 },
  Result: { letter: "R", data: 1 },
} as const;

export type EventType = keyof typeof types;

/** An event with its data. */
export interface Step {
  readonly type: EventType;
  readonly hash: string;
  readonly data: readonly Entry[];
}

// The table of section 4.4, of an election with something to shuffle and of one without; either may be cut off.
const orderWithShuffles = /^SB*(E(T(H*|H+FD*R?)?)?)?$/;
const orderWithoutShuffles = /^SB*(E(T(D*R?)?)?)?$/;

/** That the events come in the order of an election; and whether they go on to its result. */
export function checkOrder(steps: readonly Step[], shuffled: boolean): boolean {
  const letters = steps.map((step) => types[step.type].letter).join("");
  const order = shuffled ? orderWithShuffles : orderWithoutShuffles;
  demand(order.test(letters), "the events do not come in the order of an election");
  return letters.endsWith("R");
}

function readType(text: string): EventType {
  if (Object.hasOwn(types, text)) return text as EventType;
  return refuse(`no event is of the type "${text}"`);
}

function hashes(...values: Json[]): string[] {
  return values.map(string);
}

/** What the payload of such an event names, in the order in which it stands before it. */
function named(type: EventType, data: readonly Entry[]): string[] {
  const payload = data.at(-1);
  if (payload === undefined || type === "Ballot" || type === "Result") return [];
  const json = parse(payload.content);
  switch (type) {
    case "Setup": {
      const setup = fields(json, "election", "trustees", "credentials");
      return hashes(setup.election, setup.trustees, setup.credentials);
    }
    case "EncryptedTally":
      return hashes(fields(json, "num_tallied", "total_weight", "encrypted_tally").encrypted_tally);
    default:
      return hashes(fields(json, "owner", "payload").payload);
  }
}

function readStep(entry: Entry, data: readonly Entry[], height: number, parent: string | undefined): Step {
  const event = fields(parse(entry.content), "?parent", "height", "type", "?payload");
  demand((event.parent && string(event.parent)) === parent, "its parent is not the event before it");
  demand(integer(event.height) === height, "its height is not one more than that of the event before it");
  const type = readType(string(event.type));
  demand(data.length === types[type].data, `${data.length} data where ${types[type].data} belong`);
  demand((event.payload && string(event.payload)) === data.at(-1)?.hash, "its payload is not what stands before it");
  named(type, data).forEach((hash, i) => demand(hash === at(data, i).hash, "its payload names what is not there"));
  return { type, hash: entry.hash, data };
}

/** The events of the archive, which must be one chain that leaves nothing over. */
export function readSteps(entries: readonly Entry[]): Step[] {
  const steps: Step[] = [];
  let data: Entry[] = [];
  for (const entry of entries) {
    if (entry.kind === "data") {
      data.push(entry);
      continue;
    }
    const height = steps.length;
    steps.push(within(`event ${height}`, () => readStep(entry, data, height, steps.at(-1)?.hash)));
    data = [];
  }
  demand(data.length === 0, "data at the end that no event brings");
  demand(steps.length > 0, "no event at all");
  return steps;
}

/** The index, from 1, of the trustee whose shuffle or partial decryption the step brings. */
export function owner(step: Step): number {
  return integer(fields(parse(at(step.data, 1).content), "owner", "payload").owner);
}

/** The steps of that type. */
export function stepsOf(steps: readonly Step[], type: EventType): Step[] {
  return steps.filter((step) => step.type === type);
}
