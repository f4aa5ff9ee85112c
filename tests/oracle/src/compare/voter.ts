// Voters who sign what they should not: with it a mutation of a ballot gets past the signature.
import { compactBase64, hashHex } from "../verify/bytes.js";
import { challenge, g, modulo, power, text } from "../verify/group.js";
import type { Random } from "./random.js";
import { become, scalar, toText, type Tree } from "./tree.js";

/** The secret exponent of a private credential (specification, section 4.8). */
export function secretOf(uuid: string, credential: string): bigint {
  const half = (i: number) => hashHex(`derive_credential|${uuid}|${i}|${credential}`);
  return modulo(BigInt("0x" + half(0) + half(1)));
}

/** Of each public credential the secret. */
export type Secrets = ReadonlyMap<string, bigint>;

export function secretsOf(uuid: string, credentials: readonly string[]): Secrets {
  return new Map(
    credentials.map((credential) => {
      const secret = secretOf(uuid, credential);
      return [text(power(g, secret)), secret];
    }),
  );
}

/** Signs the ballot anew (section 4.16), if it has a credential whose secret is known and a signature to replace. */
export function signAgain(ballot: Tree, secrets: Secrets, random: Random): void {
  if (ballot.kind !== "object") return;
  const credential = ballot.fields.find(([name]) => name === "credential")?.[1];
  const signature = ballot.fields.at(-1);
  const secret = credential?.kind === "scalar" ? secrets.get(credential.text.slice(1, -1)) : undefined;
  if (signature?.[0] !== "signature" || secret === undefined) return;
  const hash = compactBase64(hashHex(toUnsigned(ballot)));
  const w = modulo(random.bigint());
  const c = challenge(`sig|${hash}|${text(power(g, w))}`);
  const proof = `{"challenge":"${c}","response":"${modulo(w - secret * c)}"}`;
  become(signature[1], scalar(`{"hash":"${hash}","proof":${proof}}`));
}

function toUnsigned(ballot: Tree & { kind: "object" }): string {
  return toText({ kind: "object", fields: ballot.fields.slice(0, -1) });
}
