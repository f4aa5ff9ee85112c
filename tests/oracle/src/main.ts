// node dist/main.js RECORD.bel [--against EARLIER.bel]: a line for each check that has passed, then the verdict. Exits
// with 0 if the record is valid, 1 if it is not, 2 if the election is not finished, 3 if called wrongly.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";

import { verify } from "./verify/record.js";

function main(): number {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { against: { type: "string" } } });
  const [record, ...others] = positionals;
  if (record === undefined || others.length > 0) {
    console.error("usage: main.js RECORD.bel [--against EARLIER.bel]");
    return 3;
  }
  const verdict = verify(readFileSync(record), {
    passed: (check) => console.log(`passed  ${check}`),
    ...(values.against === undefined ? {} : { earlier: readFileSync(values.against) }),
  });
  switch (verdict.verdict) {
    case "valid":
      console.log("VALID");
      return 0;
    case "incomplete":
      console.log("INCOMPLETE: the election is not finished, and all that is there is good");
      return 2;
    case "invalid":
      console.log(`INVALID: ${verdict.reason}`);
      return 1;
  }
}

process.exitCode = main();
