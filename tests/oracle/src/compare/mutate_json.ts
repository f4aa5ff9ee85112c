// One random change of a JSON text: of a number, an element, a string, an array, an object, or of the spelling.
import { hexToBytes } from "@noble/hashes/utils.js";

import { reverseHex } from "../verify/bytes.js";
import { g, one, power, q, text, uncompress } from "../verify/group.js";
import { parse, quote } from "../verify/json.js";
import { at } from "../verify/refusal.js";
import type { Random } from "./random.js";
import { become, copy, nodes, scalar, toText, toTree, type Tree } from "./tree.js";

type Scalar = Tree & { kind: "scalar" };
type Container = Exclude<Tree, Scalar>;

// Points that are no elements: of orders 2, 4 and 8.
const torsion = [
  "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec",
  "0000000000000000000000000000000000000000000000000000000000000000",
  "05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826",
];

function plus(element: string, other: string): string {
  const [a, b] = [uncompress(BigInt("0x" + element)), uncompress(BigInt("0x" + other))];
  return a && b ? text(a.add(b)) : other;
}

// Flips one bit of the 32 bytes.
function flipped(element: string, random: Random): string {
  const bytes = hexToBytes(element);
  const i = random.below(bytes.length);
  bytes[i] = (bytes[i] ?? 0) ^ (1 << random.below(8));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function mutateElement(element: string, random: Random): string {
  const ways: (() => string)[] = [
    () => plus(element, text(g)),
    () => plus(element, random.pick(torsion)),
    () => random.pick(torsion),
    () => text(one),
    () => text(power(g, random.bigint())),
    () => flipped(element, random),
    () => (BigInt("0x" + element) ^ (1n << 255n)).toString(16).padStart(64, "0"),
    () => (BigInt("0x" + element) + 2n ** 255n - 19n).toString(16).padStart(64, "0").slice(-64),
    () => element.toUpperCase(),
    () => reverseHex(element),
    () => element.slice(1),
    () => "0" + element,
  ];
  return random.pick(ways)();
}

function mutateDecimal(decimal: string, random: Random): string {
  const n = BigInt(decimal);
  const i = random.below(decimal.length);
  const ways: (() => string)[] = [
    () => decimal.slice(0, i) + random.below(10) + decimal.slice(i + 1),
    () => (n + q).toString(),
    () => (n - q).toString(),
    () => (n + 1n).toString(),
    () => (n - 1n).toString(),
    () => (q - n).toString(),
    () => random.pick(["0", "1", "2", (q - 1n).toString(), q.toString(), (2n ** 256n).toString(), "-1", ""]),
    () => "0" + decimal,
    () => decimal.slice(0, -1),
  ];
  return random.pick(ways)();
}

function mutateString(value: string, random: Random): string {
  if (/^[0-9a-f]{64}$/.test(value)) return mutateElement(value, random);
  if (/^(0|[1-9][0-9]*)$/.test(value)) return mutateDecimal(value, random);
  const parts = /^([0-9a-f]{64}),([0-9]+)$/.exec(value); // a credential with its weight
  if (parts) {
    const [, element, weight] = parts as unknown as [string, string, string];
    return random.chance(50)
      ? `${mutateElement(element, random)},${weight}`
      : `${element},${mutateDecimal(weight, random)}`;
  }
  const i = random.below(value.length + 1);
  const insert = ["", "x", "\\n", "\\u0041", "é", "\u007f", "\\u0000", "1", " "];
  return value.slice(0, i) + random.pick(insert) + value.slice(i + random.below(2));
}

function mutateScalar(tree: Scalar, random: Random): void {
  const { text: before } = tree;
  if (before.startsWith('"{') && random.chance(80)) {
    tree.text = quote(mutateJson(JSON.parse(before) as string, [], random)); // what a signed message says
  } else if (before.startsWith('"')) {
    const inner = mutateString(before.slice(1, -1), random);
    tree.text = random.chance(3) ? inner : `"${inner}"`;
  } else if (before === "true" || before === "false") {
    tree.text = random.pick(["true", "false", "null", "1"]);
  } else {
    const n = Number(before);
    const numbers = [n + 1, n - 1, -n, 0, 1, 2, 255, n + 256, 2 ** 30, 2 ** 53, 1e15].map(String);
    tree.text = random.pick([...numbers, `"${n}"`, `${n}.0`, `0${n}`, "18446744073709551617", "-0", "1e3"]);
  }
}

function swap<T>(items: T[], random: Random): void {
  const [i, j] = [random.below(items.length), random.below(items.length)];
  const [a, b] = [at(items, i), at(items, j)];
  items[i] = b;
  items[j] = a;
}

function mutateItems<T>(items: T[], copyOf: (item: T) => T, random: Random): void {
  if (items.length === 0) return;
  const ways: (() => unknown)[] = [
    () => swap(items, random),
    () => swap(items, random),
    () => items.splice(random.below(items.length), 1),
    () => items.splice(random.below(items.length), 0, copyOf(random.pick(items))),
    () => items.push(copyOf(random.pick(items))),
    () => items.pop(),
    () => items.reverse(),
    () => items.splice(0),
    () => items.splice(random.below(items.length), 1, copyOf(random.pick(items))),
  ];
  random.pick(ways)();
}

function mutateContainer(tree: Container, random: Random): void {
  if (tree.kind === "array") {
    mutateItems(tree.items, copy, random);
  } else if (random.chance(15)) {
    tree.fields.push(["extra", scalar(random.pick(["null", "1", '""', "[]"]))]);
  } else {
    mutateItems(tree.fields, ([name, value]): [string, Tree] => [name, copy(value)], random);
  }
}

// Something else of the same kind and about the same look, from anywhere in the text or in another.
function graft(target: Tree, from: readonly Tree[], random: Random): boolean {
  const look = (tree: Tree) =>
    tree.kind === "scalar" ? tree.text.length > 60 && tree.text.length : toText(tree).replaceAll(/[0-9a-f]+/g, "");
  const same = from.filter((node) => node !== target && node.kind === target.kind && look(node) === look(target));
  if (same.length === 0) return false;
  become(target, copy(random.pick(same)));
  return true;
}

function respell(json: string, random: Random): string {
  const i = random.below(json.length + 1);
  return json.slice(0, i) + random.pick([" ", "\n", ",", '"', "0", "\t", "[", "}", "\u0000", "é"]) + json.slice(i);
}

// Undefined if an earlier mutation has left no JSON.
function readTree(json: string): Tree | undefined {
  try {
    return toTree(parse(json));
  } catch {
    return undefined;
  }
}

/** Changes the text at one random place. What it was before may help: `others` are texts of the same sort. */
export function mutateJson(
  json: string,
  others: readonly string[],
  random: Random,
  after: (tree: Tree) => void = () => undefined,
): string {
  const tree = random.chance(4) ? undefined : readTree(json);
  if (tree === undefined) return respell(json, random);
  const all = nodes(tree);
  const containers = all.filter((node): node is Container => node.kind !== "scalar");
  const target = random.chance(35) && containers.length > 0 ? random.pick(containers) : random.pick(all);
  const other = random.chance(50) ? undefined : readTree(random.pick([json, ...others]));
  const donors = other ? nodes(other) : all;
  if (random.chance(25) && graft(target, donors, random)) {
    // done
  } else if (target.kind === "scalar") {
    mutateScalar(target, random);
  } else {
    mutateContainer(target, random);
  }
  after(tree);
  return toText(tree);
}
