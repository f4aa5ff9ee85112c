// Whether a value is what a schema of the server's description says. Knows what that description uses of JSON Schema,
// and refuses what it does not.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./native";

interface Schema {
  $ref?: string;
  anyOf?: Schema[];
  type?: string | string[];
  enum?: unknown[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean;
}
interface Description {
  paths: Record<string, { get: { responses: Record<string, { content?: Record<string, { schema: Schema }> }> } }>;
  components: { schemas: Record<string, Schema> };
}
export const description = JSON.parse(readFileSync(join(root, "src/server/openapi.json"), "utf8")) as Description;

const known = new Set(["$ref", "anyOf", "type", "enum", "items", "properties", "required", "additionalProperties", "description", "format"]);

function typeName(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}

// What does not fit, with where; nothing if all does.
export function misfits(value: unknown, schema: Schema, where = "$"): string[] {
  for (const key of Object.keys(schema)) if (!known.has(key)) throw new Error(`${where}: the schema says ${key}`);
  if (schema.$ref) return misfits(value, description.components.schemas[schema.$ref.split("/").pop()!]!, where);
  if (schema.anyOf) {
    const all = schema.anyOf.map((one) => misfits(value, one, where));
    return all.some((one) => one.length === 0) ? [] : all.flat();
  }
  const types = [schema.type ?? []].flat();
  const type = typeName(value);
  if (types.length > 0 && !types.includes(type)) return [`${where}: ${type} where there should be ${types.join(" or ")}`];
  if (schema.enum && !schema.enum.includes(value)) return [`${where}: ${String(value)}`];
  if (type === "array") return (value as unknown[]).flatMap((one, i) => misfits(one, schema.items ?? {}, `${where}[${i}]`));
  if (type !== "object") return [];
  const fields = value as Record<string, unknown>;
  const found = (schema.required ?? []).filter((name) => !(name in fields)).map((name) => `${where}.${name}: missing`);
  for (const [name, one] of Object.entries(fields)) {
    const its = schema.properties?.[name];
    if (its) found.push(...misfits(one, its, `${where}.${name}`));
    else if (schema.additionalProperties === false) found.push(`${where}.${name}: not described`);
  }
  return found;
}

export const answerOf = (path: string) => description.paths[path]!.get.responses["200"]!.content!["application/json"]!.schema;
