// From what was entered in a form to the body of an act, with the texts that are published with it, and what is wrong.
import type { Key } from "../i18n";
import { canHash, sha256 } from "../site/key";
import type { ActKind, FieldKind } from "./calls";
import type { Entered } from "./drafts";
import { timeText, type Value } from "./request";

export interface Fault {
  field: string;
  key: Key;
}
export interface Built {
  body: Record<string, Value>;
  texts: string[];
  faults: Fault[];
}

const longestTitle = 200; // bytes, of src/charter/body.hpp, as the others
const longestText = 45_000;
const greatestCount = 1e12;
const bytes = (text: string) => new TextEncoder().encode(text).length;

export const isPublished = (field: FieldKind): boolean => field.kind === "hash" && field.document === "text";
// A text beside a published one is the charter as it would be: the same text, in the act itself.
export const isCharterText = (field: FieldKind, kind: ActKind): boolean => field.kind === "text" && kind.fields.some(isPublished);

// Lists are entered one to a line.
const lines = (text: string) => text.split(/[\s,]+/).filter((line) => line !== "");

async function valueOf(field: FieldKind, entered: string | string[] | boolean, texts: string[]): Promise<Value | Key> {
  if (field.kind === "flag") return entered === true;
  const text = Array.isArray(entered) ? entered.join("\n") : String(entered);
  const word = text.trim();
  switch (field.kind) {
    case "hash":
      if (isPublished(field)) {
        if (bytes(text) > longestText) return "form.long";
        if (!canHash()) return "form.unsafe";
        texts.push(text);
        return sha256(text);
      }
      return /^[0-9a-f]{64}$/.test(word) ? word : "form.hash";
    case "title":
      return bytes(word) <= longestTitle && !/[\n\r]/.test(word) ? word : "form.longTitle";
    case "text":
      return bytes(text) <= longestText ? text : "form.long";
    case "count":
      return /^\d{1,13}$/.test(word) && Number(word) <= greatestCount ? Number(word) : "form.number";
    case "time": {
      const time = new Date(word);
      return Number.isNaN(time.getTime()) ? "form.time" : timeText(time);
    }
    case "member":
      return /^m-[0-9a-f]{16}$/.test(word) ? word : "form.member";
    case "members":
      return lines(word).every((line) => /^m-[0-9a-f]{16}$/.test(line)) ? lines(word) : "form.member";
    case "names":
    case "hashes":
      return lines(word);
    case "name":
      return /^[a-z0-9-]+$/.test(word) ? word : "form.name";
  }
}

const isFault = (value: Value | Key): value is Key => typeof value === "string" && value.startsWith("form.");

// The declared order is that of `kind.fields`.
export async function build(kind: ActKind, entered: Entered): Promise<Built> {
  const body: Record<string, Value> = {};
  const texts: string[] = [];
  const faults: Fault[] = [];
  for (const field of kind.fields) {
    let given = entered[field.name];
    if (isCharterText(field, kind)) {
      if (given !== true) continue;
      given = entered[kind.fields.find(isPublished)!.name] ?? "";
    }
    const empty = given === undefined || (typeof given === "string" && given.trim() === "") || (Array.isArray(given) && given.length === 0);
    if (empty && field.kind !== "flag") {
      if (!field.optional) faults.push({ field: field.name, key: "form.empty" });
      continue;
    }
    const value = await valueOf(field, given ?? false, texts);
    if (isFault(value)) faults.push({ field: field.name, key: value });
    else body[field.name] = value;
  }
  // A text that stands in the act itself is not published beside it.
  const own = kind.fields.filter((field) => isCharterText(field, kind)).map(({ name }) => body[name]);
  return { body, texts: texts.filter((text) => !own.includes(text)), faults };
}
