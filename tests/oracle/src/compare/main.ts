// Whether folkmoot-verify and the oracle say the same. Exits with 1 if they do not, or do not say what is expected.
//
//   main.js elections DIR      the Ed25519 records of shared/elections, with the verdicts of its index
//   main.js made DIR           those of make_records: NAME/record.bel
//   main.js tampered DIR       NAME.bel, compared with NAME.earlier.bel and judged with NAME.strict.json, where these are
//                              there; the verdict stands in the first line of NAME.expect, the supplement's in the third
//   main.js opened DIR         opened ballots, NAME/opened.json, and random mutations of them
//   main.js mutations DIR...   random mutations of the records in these folders (of make_records, or shared/elections)
//
//   --verifier FILE            folkmoot-verify
//   --seed TEXT --count N      of mutations: mutant number i of a record has the seed TEXT/NAME/i
//   --keep DIR                 where mutants are put on which the two disagree
//   --known FILE               names of records, a line each, on which folkmoot-verify is known to be wrong: that it is
//                              is what is then checked
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";

import { judgeOpened } from "../strict/opened.js";
import { utf8 } from "../verify/bytes.js";
import { audit } from "../verify/record.js";
import { signingKeys } from "./ceremony.js";
import { type Base, mutate } from "./mutate.js";
import { mutateJson } from "./mutate_json.js";
import { Random } from "./random.js";
import {
  agree,
  askAboutOpened,
  askOracle,
  askVerifier,
  type Beside,
  type Judged,
  memory,
  Scratch,
} from "./verdicts.js";
import { secretsOf } from "./voter.js";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    verifier: { type: "string", default: "folkmoot-verify" },
    seed: { type: "string", default: "1" },
    count: { type: "string", default: "100" },
    keep: { type: "string" },
    known: { type: "string" },
  },
});

const known = new Set(options.known === undefined ? [] : readFileSync(options.known, "utf8").split("\n"));
const remember = memory();
const scratch = new Scratch();
let compared = 0;
let wrong = 0;

function tell(who: string, { verdict, reason, strict }: Judged): void {
  console.log(`  ${who} ${verdict} ${reason}`);
  if (strict) console.log(`  ${who} ${strict.verdict} under the strict profile ${strict.reason}`);
}

/** Asks both about a file; with `expected`, verdicts of record and supplement, both must say that. */
async function compare(
  name: string,
  record: string,
  expected: readonly (string | undefined)[] = [],
  beside: Beside = {},
): Promise<Judged> {
  const answer = askVerifier(options.verifier, record, beside);
  const oracle = askOracle(record, beside, remember);
  const verifier = await answer;
  ++compared;
  const said = [oracle.verdict, oracle.strict?.verdict];
  const right = expected.every((verdict, i) => verdict === undefined || verdict === said[i]);
  if (right && agree(oracle, verifier) !== known.has(name)) return oracle;
  ++wrong;
  const what = known.has(name) ? "NO LONGER DIFFERENT" : "DIFFERENT";
  console.log(`${what}: ${name}${expected.length === 0 ? "" : `, expected ${expected.join(", ")}`}`);
  tell("oracle:         ", oracle);
  tell("folkmoot-verify:", verifier);
  return { verdict: "different", reason: "", checks: [] };
}

interface Indexed {
  readonly name: string;
  readonly verdict: string;
}

// The rows of the table in the folder's README: folder, questions, group, trustees, verdict.
function indexed(folder: string): Indexed[] {
  const rows = readFileSync(join(folder, "README.md"), "utf8").matchAll(
    /^\| (v1-\S+) \|.*\| Ed25519 \|.*\| (.*) \|$/gm,
  );
  return [...rows].map(([, name = "", verdict = ""]) => ({ name, verdict: verdict.replace(/:.*/, "") }));
}

async function elections(folder: string): Promise<void> {
  const records = indexed(folder);
  if (records.length === 0) throw new Error(`no Ed25519 records in the index of ${folder}`);
  for (const { name, verdict } of records) {
    const { verdict: said, reason } = await compare(name, join(folder, name, "record.bel"), [verdict]);
    console.log(`${name}: ${said} ${reason}`);
  }
}

function made(folder: string): string[] {
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, "record.bel")));
}

async function madeRecords(folder: string): Promise<void> {
  for (const name of made(folder)) {
    const expected = name === "open" ? "incomplete" : "valid";
    const supplement = join(folder, name, "record.strict.json");
    const beside = existsSync(supplement) ? { supplement } : {};
    await compare(
      name,
      join(folder, name, "record.bel"),
      beside.supplement ? [expected, expected] : [expected],
      beside,
    );
  }
}

async function tampered(folder: string): Promise<void> {
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".expect"))) {
    const name = basename(file, ".expect");
    const [verdict, , strictVerdict] = readFileSync(join(folder, file), "utf8").split("\n");
    const [earlier, supplement] = ["earlier.bel", "strict.json"].map((end) => join(folder, `${name}.${end}`));
    await compare(name, join(folder, `${name}.bel`), [verdict, strictVerdict === "" ? undefined : strictVerdict], {
      ...(earlier && existsSync(earlier) && { earlier }),
      ...(supplement && existsSync(supplement) && { supplement }),
    });
  }
}

function lines(file: string): string[] {
  return readFileSync(file, "utf8").trim().split("\n");
}

// The private credentials and the threshold trustees' seeds that lie beside a record: one on a line (make_records), or
// credentials with the votes after a tab, and seeds in files of their own (shared/elections).
function readBase(folder: string, name: string): Base {
  const files = readdirSync(join(folder, name)).map((file) => join(folder, name, file));
  const linesOf = (pattern: RegExp) => files.filter((file) => pattern.test(file)).flatMap(lines);
  const archive = readFileSync(join(folder, name, "record.bel"));
  const { uuid } = audit(archive, { remember }).election;
  const credentials = linesOf(/\/(credentials|credentials_and_votes\.tsv)$/).map((line) => line.replace(/\t.*/, ""));
  const seeds = linesOf(/\/seeds$|\.key$/);
  const supplement = join(folder, name, "record.strict.json");
  return {
    ...(existsSync(supplement) && { supplement: readFileSync(supplement, "utf8") }),
    name,
    archive,
    secrets: secretsOf(uuid, [...new Set(credentials)]),
    signingKeys: signingKeys(seeds),
  };
}

function basesOf(folder: string): Base[] {
  if (!existsSync(join(folder, "README.md"))) return made(folder).map((name) => readBase(folder, name));
  const good = indexed(folder).filter(({ verdict }) => verdict === "valid");
  return good.map(({ name }) => readBase(folder, name));
}

async function mutations(folders: readonly string[]): Promise<void> {
  const verdicts = new Map<string, number>();
  for (const base of folders.flatMap(basesOf)) {
    for (let i = 0; i < Number(options.count); ++i) {
      const seed = `${options.seed}/${base.name}/${i}`;
      const { what, archive, supplement } = mutate(base, seed);
      const beside = supplement === undefined ? {} : { supplement: scratch.file("mutant.strict.json", supplement) };
      const { verdict, strict } = await compare(`${seed} (${what})`, scratch.file("mutant.bel", archive), [], beside);
      const both = strict === undefined ? verdict : `${verdict} (strictly ${strict.verdict})`;
      verdicts.set(both, (verdicts.get(both) ?? 0) + 1);
      if (verdict === "different" && options.keep !== undefined) {
        mkdirSync(options.keep, { recursive: true });
        const file = join(options.keep, seed.replaceAll("/", "-"));
        writeFileSync(`${file}.bel`, archive);
        if (supplement !== undefined) writeFileSync(`${file}.strict.json`, supplement);
      }
    }
  }
  console.log(`seed ${options.seed}: ${[...verdicts].map(([verdict, number]) => `${number} ${verdict}`).join(", ")}`);
}

// Neither may say of an opened ballot what the other does not; that it is true, both must say of the unchanged one.
async function opened(folder: string): Promise<void> {
  for (const name of made(folder).filter((other) => existsSync(join(folder, other, "opened.json")))) {
    const record = join(folder, name, "record.bel");
    const { election } = audit(readFileSync(record), { remember });
    const text = readFileSync(join(folder, name, "opened.json"), "utf8").trimEnd();
    for (let i = -1; i < Number(options.count); ++i) {
      const seed = `${options.seed}/${name}/opened/${i}`;
      const mutant = i < 0 ? text : mutateJson(text, [], new Random(seed));
      const oracle = judgeOpened(election, utf8(mutant));
      const verifier = await askAboutOpened(options.verifier, record, scratch.file("opened.json", mutant));
      ++compared;
      if (oracle.valid === verifier && (i >= 0 || verifier)) continue;
      ++wrong;
      console.log(`DIFFERENT: ${seed}: oracle: ${oracle.valid ? "true" : oracle.reason}; folkmoot-verify: ${verifier}`);
    }
  }
}

const [what, ...folders] = positionals;
const parts: Record<string, (folder: string) => Promise<void>> = { elections, made: madeRecords, tampered, opened };
const part = parts[what ?? ""] ?? (what === "mutations" ? () => mutations(folders) : undefined);
if (part === undefined || folders[0] === undefined) throw new Error("usage: see the head of src/compare/main.ts");
try {
  await part(folders[0]);
} finally {
  scratch.remove();
}
console.log(`${what}: ${compared} compared, ${wrong} wrong`);
process.exitCode = wrong > 0 || compared === 0 ? 1 : 0;
