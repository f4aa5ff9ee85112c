// Threshold keys without a last word (docs/strict-profile.md, section 5).
import { hashHex } from "../verify/bytes.js";
import { at, demand, pairs, within } from "../verify/refusal.js";
import type { ThresholdTrustees } from "../verify/threshold.js";
import type { Trustees } from "../verify/trustees.js";
import { checkSignature } from "./signature.js";
import type { Ceremony } from "./supplement.js";

function checkCeremony(group: ThresholdTrustees, { commitments, reveals }: Ceremony): void {
  const { signingKeys, coefexps } = group;
  const n = signingKeys.length;
  demand(commitments.length === n && reveals.length === n, `not as many commitments and reveals as ${n} trustees make`);
  const certs = hashHex(group.certificates);
  const all = hashHex(commitments.map(({ commitment }) => commitment).join(","));
  signingKeys.forEach((key, index) => {
    const i = index + 1;
    const { commitment, signature } = at(commitments, index);
    within(`threshold trustee ${i}`, () => {
      const expected = hashHex(`folkmoot-strict-1|coefexps|${certs}|${i}|${at(coefexps, index)}`);
      demand(commitment === expected, "the commitment is to other coefficients");
      within("commitment", () => checkSignature(key, ["commitment", certs, i, commitment], signature));
      within("reveal", () => checkSignature(key, ["reveal", certs, i, all], at(reveals, index)));
    });
  });
}

/** Checks that each threshold group has its ceremony. */
export function checkCeremonies(trustees: Trustees, ceremonies: readonly Ceremony[]): void {
  const groups = trustees.filter((kind): kind is ThresholdTrustees => kind.kind === "Pedersen");
  pairs(groups, ceremonies).forEach(([group, ceremony], i) =>
    within(`ceremony ${i + 1}`, () => checkCeremony(group, ceremony)),
  );
}
