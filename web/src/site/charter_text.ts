// The texts of the charter: which there have been, and what a text says, passage by passage. Each text stands in the act
// that brought it, the founding or the motion that changed it, and is known by its hash, which the organisation has of
// every version.
import { readApi } from "./load";
import { canHash, sha256 } from "./key";
import type { LedgerPage, Motion, Organisation } from "./schema";

export interface Version {
  version: number;
  hash: string;
  text: string; // empty if no act has a text of that hash, or this browser cannot tell (canHash)
  since: string | null;
  motion: Motion | null; // that brought it; null: the founding did
}

// All of them, the first first. Fails if the ledger cannot be read.
export async function charterVersions({ charters }: Organisation, motions: Motion[]): Promise<Version[]> {
  const { entries } = await readApi<LedgerPage>("ledger?from=0&limit=1");
  const founding = entries[0];
  const changes = motions.filter(({ stage, text }) => stage === "in-force" && text).sort((one, other) => one.since.localeCompare(other.since));
  const brought: Omit<Version, "version" | "hash">[] = [
    { text: String(founding?.body.text ?? ""), since: founding?.time ?? null, motion: null },
    ...changes.map((motion) => ({ text: motion.text!, since: motion.since, motion })),
  ];
  const hashes = canHash() ? await Promise.all(brought.map(({ text }) => sha256(text))) : [];
  return charters.map((hash, i) => {
    const at = hashes.indexOf(hash);
    if (at >= 0) hashes[at] = ""; // each brought one version: a text may come back
    return { version: i + 1, hash, ...(brought[at] ?? { text: "", since: null, motion: null }) };
  });
}

// The text in force; empty if it cannot be found.
export async function charterInForce(organisation: Organisation, motions: Motion[]): Promise<string> {
  const versions = await charterVersions(organisation, motions);
  return versions[versions.length - 1]?.text ?? "";
}

export interface Passage {
  name: string; // "contests.yearly"; empty before the first
  remarks: string[]; // what its comments say
  rules: { key: string; value: string }[];
}

// How much deeper a line leads into brackets that are not in quotation marks.
const depth = (line: string): number =>
  [...line.replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, "")].reduce((sum, letter) => sum + ("[{".includes(letter) ? 1 : "]}".includes(letter) ? -1 : 0), 0);
const withoutRemark = (line: string): string => line.replace(/^((?:[^"'#]|"(?:[^"\\]|\\.)*"|'[^']*')*)#.*$/, "$1").trimEnd();
// Texts, and lists of them or of what has names, as people write them; what has other brackets in it stays as it is.
function inWords(value: string): string {
  if (/^("[^"\\]*"|\[("[^"\\]*"(, *)?)*\])$/.test(value)) return value.replace(/[[\]"]/g, "");
  if (!/^\[( *\{( *[a-z_]+ *= *("[^"\\]*"|[\w./-]+) *,?)*\} *,?)* *\]$/.test(value)) return value;
  const items = value.match(/\{[^}]*\}/g) ?? [];
  return items.map((item) => item.replace(/[{}"]/g, "").replace(/ *= */g, ": ").replace(/_/g, " ").trim()).join("; ");
}

// What a TOML text says, in its order: of the tables and values that src/charter/read_charter.cpp takes.
export function passagesOf(text: string): Passage[] {
  const passages: Passage[] = [{ name: "", remarks: [], rules: [] }];
  let remarks: string[] = []; // not known yet of which passage
  let open = ""; // a value that goes on on the next line
  for (const line of text.split("\n").map((one) => one.trim())) {
    const last = passages[passages.length - 1]!;
    const [, table] = (open ? null : line.match(/^\[([^[\]]+)\]/)) ?? [];
    if (table) {
      passages.push({ name: table.trim(), remarks, rules: [] });
      remarks = [];
    } else if (!open && line.startsWith("#")) {
      remarks.push(line.replace(/^#\s*|[\s-]*$/g, ""));
    } else if (line !== "") {
      open = `${open} ${withoutRemark(line)}`.trim();
      if (depth(open) > 0) continue;
      const [, key = "", value = ""] = open.match(/^([^=]*)=\s*([^]*)$/) ?? [];
      last.remarks.push(...remarks);
      last.rules.push({ key: key.trim(), value: inWords(value) });
      [open, remarks] = ["", []];
    }
  }
  return passages.filter(({ rules, remarks: said }) => rules.length + said.length > 0);
}
