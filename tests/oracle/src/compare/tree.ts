// JSON that can be changed at will; a scalar is any text, valid JSON or not.
import type { Json } from "../verify/json.js";

export type Tree =
  { kind: "object"; fields: [string, Tree][] } | { kind: "array"; items: Tree[] } | { kind: "scalar"; text: string };

export function scalar(text: string): Tree {
  return { kind: "scalar", text };
}

export function toTree(json: Json): Tree {
  switch (json.kind) {
    case "object":
      return { kind: "object", fields: json.fields.map(([name, value]) => [name, toTree(value)]) };
    case "array":
      return { kind: "array", items: json.items.map(toTree) };
    default:
      return scalar(json.text);
  }
}

export function toText(tree: Tree): string {
  switch (tree.kind) {
    case "object":
      return `{${tree.fields.map(([name, value]) => `"${name}":${toText(value)}`).join(",")}}`;
    case "array":
      return `[${tree.items.map(toText).join(",")}]`;
    case "scalar":
      return tree.text;
  }
}

export function copy(tree: Tree): Tree {
  return structuredClone(tree);
}

/** Puts `value` in the place of `tree`. */
export function become(tree: Tree, value: Tree): void {
  for (const key of Object.keys(tree)) delete (tree as Record<string, unknown>)[key];
  Object.assign(tree, value);
}

/** The tree and all that is in it. */
export function nodes(tree: Tree): Tree[] {
  const inner =
    tree.kind === "object" ? tree.fields.map(([, value]) => value) : tree.kind === "array" ? tree.items : [];
  return [tree, ...inner.flatMap(nodes)];
}
