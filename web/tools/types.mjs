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
    case "object": // one without a name
      return schema.properties ? `{ ${fieldsOf(schema, "").join(" ").slice(0, -1)} }` : "Record<string, unknown>";
    case "integer":
      return "number";
    case "null":
      return "null";
    default:
      return schema.type;
  }
}

// `before` each, with what is said of it; within a line nothing is.
function fieldsOf({ properties, required = [] }, before) {
  return Object.entries(properties).map(([field, schema]) => {
    const remark = before && schema.description ? ` // ${schema.description}` : "";
    return `${before}${field}${required.includes(field) ? "" : "?"}: ${typeOf(schema)};${remark}`;
  });
}

function interfaceOf([name, schema]) {
  return [`// ${schema.description}`, `export interface ${name} {`, ...fieldsOf(schema, "  "), "}"].join("\n");
}

export function types() {
  const { components } = JSON.parse(readFileSync(description, "utf8"));
  const head = "// Made by tools/types.mjs out of src/server/openapi.json: `npm run types`.";
  return [head, ...Object.entries(components.schemas).map(interfaceOf)].join("\n\n") + "\n";
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(target, types());
