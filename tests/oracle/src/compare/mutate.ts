// A random mutation of a good record. Most are of what an entry says, with every hash and the chain made right after it,
// ballots signed again by their voters, and the record cut off where later checks would only repeat the verdict.
import { blockSize } from "../verify/archive.js";
import type { Bytes } from "../verify/bytes.js";
import { at } from "../verify/refusal.js";
import { signTrusteesAgain } from "./ceremony.js";
import { type EditableRecord, type EditableStep, putTogether, takeApart } from "./editable.js";
import { parse } from "../verify/json.js";
import { mutateJson } from "./mutate_json.js";
import { Random } from "./random.js";
import { toText, toTree } from "./tree.js";
import { type Secrets, signAgain } from "./voter.js";

export interface Base {
  readonly name: string;
  readonly archive: Bytes;
  readonly supplement?: string;
  /** The secrets of voters, by their credentials, and the signing keys of threshold trustees. */
  readonly secrets: Secrets;
  readonly signingKeys: Secrets;
}

function mutateBytes(archive: Bytes, random: Random): Bytes {
  const out = Uint8Array.from(archive);
  const i = random.below(out.length);
  const ways: (() => Bytes)[] = [
    () => ((out[i] = (out[i] ?? 0) ^ (1 << random.below(8))), out),
    () => ((out[i] = random.below(256)), out),
    () => {
      const header = i - (i % blockSize);
      out[header + random.below(160)] = random.pick([0, 0x20, 0x30, 0x37, 0x41, 0xff]);
      return out;
    },
    () => out.subarray(0, i),
    () => out.subarray(0, i - (i % blockSize)),
    () => Uint8Array.from([...out.subarray(0, i), ...out.subarray(i + 1)]),
    () => Uint8Array.from([...out, ...new Uint8Array(blockSize * (1 + random.below(2)))]),
  ];
  return random.pick(ways)();
}

// Where a type of event stands thick, each of its events is a smaller part of all changes.
function pickStep(steps: readonly EditableStep[], random: Random): number {
  const type = random.pick([...new Set(steps.map((step) => step.type))]);
  const indices = steps.flatMap((step, i) => (step.type === type ? [i] : []));
  return random.pick(indices);
}

function mutateSteps({ steps }: EditableRecord, random: Random): string {
  const i = pickStep(steps, random);
  const j = random.chance(60) ? Math.min(i + 1, steps.length - 1) : pickStep(steps, random);
  const [a, b] = [at(steps, i), at(steps, j)];
  const ways: Record<string, () => void> = {
    drop: () => void steps.splice(i, 1),
    twice: () => void steps.splice(j, 0, structuredClone(a)),
    swap: () => {
      steps[i] = b;
      steps[j] = a;
    },
    "swap data": () => {
      [a.data, b.data] = [b.data, a.data];
    },
    "swap contents": () => {
      [a.data[0], b.data[0]] = [at([...b.data, ...a.data], 0), at([...a.data, ...b.data], 0)];
    },
    "drop data": () => void a.data.splice(random.below(a.data.length + 1), 1),
    retype: () => void (a.type = b.type),
    truncate: () => void steps.splice(i + 1),
  };
  const way = random.pick(Object.keys(ways));
  ways[way]?.();
  return `${way} ${i} ${j}`;
}

function mutateData(record: EditableRecord, { secrets, signingKeys }: Base, random: Random): string {
  const withData = record.steps.filter((step) => step.data.length > 0);
  const step = at(withData, pickStep(withData, random));
  const number = random.chance(70) ? 0 : random.below(step.data.length);
  const part = step.type === "Setup" ? random.below(step.data.length) : number;
  const data = at(step.data, part);
  const others = withData.filter(({ type }) => type === step.type).map((other) => at(other.data, part).text);
  const sign = random.chance(85);
  data.text = mutateJson(data.text, others, random, (tree) => {
    if (sign && step.type === "Ballot") signAgain(tree, secrets, random);
    if (sign && step.type === "Setup") signTrusteesAgain(tree, signingKeys, random);
  });
  const height = record.steps.indexOf(step);
  if (random.chance(step.type === "Result" ? 0 : 50)) record.steps.splice(height + 1);
  return `${step.type} ${height}, data ${part}${sign ? ", signed again" : ""}`;
}

// A supplement grows with its record: it has no more acts than there are events of a record that has been cut off.
function cutSupplement(supplement: string, { steps }: EditableRecord): string {
  const tree = toTree(parse(supplement));
  for (const [name, type] of [
    ["shuffles", "Shuffle"],
    ["decryptions", "PartialDecryption"],
  ]) {
    const field = tree.kind === "object" ? tree.fields.find(([other]) => other === name)?.[1] : undefined;
    if (field?.kind === "array") field.items.splice(steps.filter((step) => step.type === type).length);
  }
  return toText(tree);
}

function mutateSupplement(base: Base, supplement: string, random: Random): Mutant {
  const record = takeApart(base.archive);
  if (random.chance(40)) record.steps.splice(1 + random.below(record.steps.length));
  const cut = cutSupplement(supplement, record);
  const mutated = random.chance(90) ? mutateJson(cut, [], random) : cut;
  return { what: `supplement, with ${record.steps.length} events`, archive: putTogether(record), supplement: mutated };
}

export interface Mutant {
  readonly what: string;
  readonly archive: Bytes;
  readonly supplement?: string;
}

function mutateRecord(base: Base, random: Random): Mutant {
  const kind = random.below(100);
  if (kind < 8) return { what: "bytes", archive: mutateBytes(base.archive, random) };
  const record = takeApart(base.archive);
  if (kind < 20) return { what: mutateSteps(record, random), archive: putTogether(record) };
  if (kind < 25) {
    const chosen = random.below(record.steps.length);
    const archive = putTogether(record, (height, event) => (height === chosen ? mutateJson(event, [], random) : event));
    return { what: `event ${chosen}`, archive };
  }
  const changes = [mutateData(record, base, random)];
  if (random.chance(10)) changes.push(mutateData(record, base, random));
  return { what: changes.join("; "), archive: putTogether(record) };
}

/** The mutant of that seed: of the record, or of its supplement if it has one. */
export function mutate(base: Base, seed: string): Mutant {
  const random = new Random(seed);
  if (base.supplement === undefined) return mutateRecord(base, random);
  if (random.chance(35)) return mutateSupplement(base, base.supplement, random);
  return { ...mutateRecord(base, random), supplement: base.supplement };
}
