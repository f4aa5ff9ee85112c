// The types of what the server answers, out of its description in OpenAPI: `npm run types` writes src/site/schema.ts,
// and a test compares.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const description = fileURLToPath(new URL("../../src/server/openapi.json", import.meta.url));
const target = fileURLToPath(new URL("../src/site/schema.ts", import.meta.url));

function typeOf(schema) {
  if (schema.$ref) return schema.$ref.split("/").pop();
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(" | ");
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ ...schema, type })).join(" | ");
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  switch (schema.type) {
    case "array": {
      const items = typeOf(schema.items);
      return items.includes("|") ? `(${items})[]` : `${items}[]`;
    }
    case "object":
      return "Record<string, unknown>"; // one without a name
    case "integer":
      return "number";
    case "null":
      return "null";
    default:
      return schema.type;
  }
}

function interfaceOf([name, { description: about, properties, required = [] }]) {
  const fields = Object.entries(properties).map(([field, schema]) => {
    const remark = schema.description ? ` // ${schema.description}` : "";
    return `  ${field}${required.includes(field) ? "" : "?"}: ${typeOf(schema)};${remark}`;
  });
  return [`// ${about}`, `export interface ${name} {`, ...fields, "}"].join("\n");
}

export function types() {
  const { components } = JSON.parse(readFileSync(description, "utf8"));
  const head = "// Made by tools/types.mjs out of src/server/openapi.json: `npm run types`.";
  return [head, ...Object.entries(components.schemas).map(interfaceOf)].join("\n\n") + "\n";
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(target, types());
