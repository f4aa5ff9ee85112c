// The names that the charter in force has for its rules, of which an act may name one.
const tables: Record<string, string> = { "@petition": "petitions", "@motion": "motions", "@slate": "slates", "@contest": "contests" };

// In the order of the text, which is TOML as src/charter/read_charter.cpp takes it.
export function namesIn(charter: string, what: string): string[] {
  if (what === "@conduct") {
    const [, list = ""] = charter.match(/^\[discipline\][^]*?^rules\s*=\s*\[([^\]]*)\]/m) ?? [];
    return [...list.matchAll(/"([^"]+)"/g)].map(([, name]) => name!);
  }
  const table = tables[what];
  if (!table) return [];
  return [...charter.matchAll(new RegExp(`^\\[${table}\\.([a-z0-9-]+)\\]`, "gm"))].map(([, name]) => name!);
}
