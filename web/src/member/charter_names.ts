// The names that the charter in force has for its rules, of which an act may name one. The charter's text stands in the
// act that brought it: the founding, or the motion that changed it.
import { readApi } from "../site/load";
import { canHash, sha256 } from "../site/key";
import type { LedgerPage, Motion, Organisation } from "../site/schema";

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

// The text with the hash of the version in force; empty if it cannot be found.
export async function charterInForce(organisation: Organisation, motions: Motion[]): Promise<string> {
  if (!canHash()) return "";
  const wanted = organisation.charters[organisation.charters.length - 1];
  const { entries } = await readApi<LedgerPage>("ledger?from=0&limit=1");
  for (const text of [entries[0]?.body.text, ...motions.map((motion) => motion.text)]) {
    if (typeof text === "string" && (await sha256(text)) === wanted) return text;
  }
  return "";
}
