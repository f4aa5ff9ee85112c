// JSON in compact form, with the fields in the order that is specified (specification, sections 4.1 and 4.2).
//
// Of each meaning exactly one text is accepted: no white space, no escape that is not needed, no number spelled another
// way. So a text never needs to be written again to be compared, and each value keeps the text that it was read from.
import type { Bytes } from "./bytes.js";
import { at, demand, refuse, within } from "./refusal.js";

export type Json = { readonly text: string } & (
  | { readonly kind: "object"; readonly fields: readonly (readonly [string, Json])[] }
  | { readonly kind: "array"; readonly items: readonly Json[] }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "number" | "literal" }
);

// Nothing that is specified is nested deeper than ten levels; `extra` may hold anything within reason.
const deepest = 64;

const shortEscapes: Record<string, string> = {
  '"': '\\"',
  "\\": "\\\\",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

/** The one text of a string. */
export function quote(value: string): string {
  const escape = (c: string) => shortEscapes[c] ?? "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0");
  return '"' + value.replace(/["\\\x00-\x1f\x7f]/g, escape) + '"';
}

// Integers have 64 bits at most. Fractions can stand in `extra` only, of which nothing is specified: the shortest text
// that gives the number.
function isCanonicalNumber(text: string): boolean {
  if (/^(0|-?[1-9][0-9]*)$/.test(text)) return BigInt(text) >= -(2n ** 63n) && BigInt(text) < 2n ** 64n;
  return text === `${Number(text)}` || text === `${Number(text)}.0` || text === "-0.0";
}

class Parser {
  private position = 0;
  constructor(private readonly source: string) {}

  document(): Json {
    const value = this.value(0);
    demand(this.position === this.source.length, "text after the end of the JSON value");
    return value;
  }

  private value(depth: number): Json {
    demand(depth < deepest, "JSON that is nested too deep");
    const start = this.position;
    switch (this.source[start]) {
      case "{":
        return this.object(start, depth);
      case "[":
        return this.array(start, depth);
      case '"':
        return this.string();
      default:
        return this.scalar(start);
    }
  }

  private taken(start: number): string {
    return this.source.slice(start, this.position);
  }

  // Whether the next character is that one, which is then passed over.
  private next(character: string): boolean {
    if (this.source[this.position] !== character) return false;
    ++this.position;
    return true;
  }

  private expect(character: string): void {
    demand(this.next(character), `no ${character} at position ${this.position} of the JSON text`);
  }

  private object(start: number, depth: number): Json {
    const fields: [string, Json][] = [];
    const names = new Set<string>();
    this.expect("{");
    while (!this.next("}")) {
      if (fields.length > 0) this.expect(",");
      const name = this.string();
      demand(!names.has(name.value), `the field ${name.text} is there twice`);
      names.add(name.value);
      this.expect(":");
      fields.push([name.value, this.value(depth + 1)]);
    }
    return { kind: "object", fields, text: this.taken(start) };
  }

  private array(start: number, depth: number): Json {
    const items: Json[] = [];
    this.expect("[");
    while (!this.next("]")) {
      if (items.length > 0) this.expect(",");
      items.push(this.value(depth + 1));
    }
    return { kind: "array", items, text: this.taken(start) };
  }

  private string(): Json & { kind: "string" } {
    const start = this.position;
    this.expect('"');
    while (!this.next('"')) {
      demand(this.position < this.source.length, "a JSON string without its end");
      if (this.next("\\")) ++this.position;
      else ++this.position;
    }
    const text = this.taken(start);
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      refuse(`${text.slice(0, 40)} is no JSON string`);
    }
    demand(typeof value === "string" && quote(value) === text, `${text.slice(0, 40)} is not spelled as it must be`);
    return { kind: "string", value, text };
  }

  private scalar(start: number): Json {
    const pattern = /true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
    pattern.lastIndex = start;
    const match = pattern.exec(this.source);
    demand(match !== null, `no JSON value at position ${start}`);
    this.position = pattern.lastIndex;
    const literal = /^[tfn]/.test(match[0]);
    demand(literal || isCanonicalNumber(match[0]), `the number ${match[0].slice(0, 40)} is not spelled as it must be`);
    return { kind: literal ? "literal" : "number", text: match[0] };
  }
}

export function parse(text: string | Bytes): Json {
  if (typeof text === "string") return new Parser(text).document();
  let decoded: string;
  try {
    decoded = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(text);
  } catch {
    refuse("text that is not UTF-8");
  }
  return new Parser(decoded).document();
}

type Required<Name> = Name extends `?${string}` ? never : Name;
type Optional<Name> = Name extends `?${infer Field}` ? Field : never;
type Fields<Name> = { [N in Required<Name> & string]: Json } & { [N in Optional<Name>]?: Json };

/** The fields of an object, which must be these in this order; those whose name begins with "?" may be missing. */
export function fields<Name extends string>(value: Json, ...names: Name[]): Fields<Name> {
  demand(value.kind === "object", "not an object");
  const found: Record<string, Json> = {};
  let next = 0;
  for (const name of names) {
    const plain = name.replace(/^\?/, "");
    const field = value.fields[next];
    if (field?.[0] === plain) {
      found[plain] = field[1];
      ++next;
    } else {
      demand(name !== plain, `no field "${plain}" where it should be`);
    }
  }
  demand(next === value.fields.length, `a field "${value.fields[next]?.[0] ?? ""}" that does not belong there`);
  return found as Fields<Name>;
}

export function array<T>(value: Json, read: (item: Json) => T): T[] {
  demand(value.kind === "array", "not an array");
  return value.items.map((item, i) => within(`item ${i + 1}`, () => read(item)));
}

/** A reader of arrays of what `read` reads. */
export function arrayOf<T>(read: (item: Json) => T): (value: Json) => T[] {
  return (value) => array(value, read);
}

/** An array of exactly that many values. */
export function tuple(value: Json, length: number): (index: number) => Json {
  const items = array(value, (item) => item);
  demand(items.length === length, `${items.length} values where ${length} are needed`);
  return (index) => at(items, index);
}

export function string(value: Json): string {
  demand(value.kind === "string", "not a string");
  return value.value;
}

/** A small integer (𝕀 in section 4.2): not above 2³⁰, as everything larger is written as a string. */
export function integer(value: Json): number {
  demand(value.kind === "number" && /^-?[0-9]+$/.test(value.text), "not an integer");
  const number = Number(value.text);
  demand(Math.abs(number) <= 2 ** 30, "an integer that is too large");
  return number;
}

export function boolean(value: Json): boolean {
  demand(value.text === "true" || value.text === "false", "neither true nor false");
  return value.text === "true";
}

/** A natural number in base 10 (ℕ in section 4.2), from the text between the quotes. */
export function natural(text: string): bigint {
  demand(/^(0|[1-9][0-9]{0,99})$/.test(text), "not a number in base 10 of reasonable length");
  return BigInt(text);
}

/** What a number is written as that may be large: from 2³⁰ on as a string. */
export function largeNumber(number: bigint): string {
  return number < 1n << 30n ? number.toString() : `"${number}"`;
}
