// node dist/main.js RECORD.bel [--against EARLIER.bel] [--strict SUPPLEMENT.strict.json]: a line for each check that has
// passed, then the verdict; with --strict, then the same for the strict profile (docs/strict-profile.md). Exits with 0 if
// the last verdict is valid, 1 if it is not, 2 if the election is not finished, 3 if called wrongly.
//
// With --opened FILE instead, judges a ballot of that record's election that was opened instead of cast.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";

import { judgeOpened } from "./strict/opened.js";
import { judgeStrictly } from "./strict/profile.js";
import type { Bytes } from "./verify/bytes.js";
import { judge, type Verdict } from "./verify/record.js";

const passed = (check: string) => console.log(`passed  ${check}`);

function tell(profile: string, verdict: Verdict): number {
  switch (verdict.verdict) {
    case "valid":
      console.log(`VALID under ${profile}`);
      return 0;
    case "incomplete":
      console.log(`INCOMPLETE under ${profile}: the election is not finished, and all that is there is good`);
      return 2;
    case "invalid":
      console.log(`INVALID under ${profile}: ${verdict.reason}`);
      return 1;
  }
}

function tellOpened(record: Bytes, opened: Bytes): number {
  const judged = judge(record);
  if (judged.verified === undefined) return tell("Belenios 3.3.0", judged);
  const answer = judgeOpened(judged.verified.election, opened);
  console.log(
    answer.valid ? `TRUE: the ballot ${answer.tracker} encrypts ${answer.answers}` : `FALSE: ${answer.reason}`,
  );
  return answer.valid ? 0 : 1;
}

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { against: { type: "string" }, strict: { type: "string" }, opened: { type: "string" } },
  });
  const [record, ...others] = positionals;
  if (record === undefined || others.length > 0) {
    console.error(
      "usage: main.js RECORD.bel [--against EARLIER.bel] [--strict SUPPLEMENT.strict.json] | --opened FILE",
    );
    return 3;
  }
  if (values.opened !== undefined) return tellOpened(readFileSync(record), readFileSync(values.opened));
  const earlier = values.against === undefined ? {} : { earlier: readFileSync(values.against) };
  const judged = judge(readFileSync(record), { passed, ...earlier });
  const status = tell("Belenios 3.3.0", judged);
  if (values.strict === undefined) return status;
  const strict = judgeStrictly(judged, readFileSync(values.strict), passed);
  for (const remark of strict.remarks) console.log(`remark  ${remark}`);
  return tell("the strict profile", strict);
}

process.exitCode = main();
