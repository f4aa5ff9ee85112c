// Threshold trustees who sign what they should not: with it a mutation of what they have agreed on gets past signatures.
import { hashNumber } from "../verify/bytes.js";
import { challenge, g, modulo, power, text } from "../verify/group.js";
import { at } from "../verify/refusal.js";
import type { Random } from "./random.js";
import { become, scalar, toText, type Tree } from "./tree.js";
import type { Secrets } from "./voter.js";

/** Of each verification key the signing key, derived from the trustees' seeds (specification, section 4.6.1). */
export function signingKeys(seeds: readonly string[]): Secrets {
  return new Map(
    seeds.map((seed) => {
      const key = modulo(hashNumber(`sk|${seed}`));
      return [text(power(g, key)), key];
    }),
  );
}

function field(tree: Tree | undefined, name: string): Tree | undefined {
  return tree?.kind === "object" ? tree.fields.find(([other]) => other === name)?.[1] : undefined;
}

function items(tree: Tree | undefined): readonly Tree[] {
  return tree?.kind === "array" ? tree.items : [];
}

// What a JSON string says; nothing if it is none any more.
function said(tree: Tree | undefined): string {
  try {
    const value: unknown = tree === undefined ? "" : JSON.parse(toText(tree));
    return typeof value === "string" ? value : "";
  } catch {
    return "";
  }
}

/** Signs all again that the threshold trustees sign, as far as the structure is still there and the keys are known. */
export function signTrusteesAgain(trustees: Tree, keys: Secrets, random: Random): void {
  const sign = (key: bigint | undefined, message: string, signature: Tree | undefined): void => {
    if (key === undefined || signature === undefined) return;
    const w = modulo(random.bigint());
    const c = challenge(`sigmsg|${message}|${text(power(g, w))}`);
    become(signature, scalar(`{"challenge":"${c}","response":"${modulo(w - key * c)}"}`));
  };
  for (const kind of items(trustees)) {
    const group = items(kind)[1];
    const certs = field(group, "certs");
    const owners = items(certs).map((cert) => {
      const message = said(field(cert, "message"));
      const key = keys.get(/"verification":"([0-9a-f]{64})"/.exec(message)?.[1] ?? "");
      sign(key, message, field(cert, "signature"));
      return key;
    });
    const coefexps = items(field(group, "coefexps")).map((signed, i) => {
      const message = said(field(signed, "message"));
      sign(owners[i], message, field(signed, "signature"));
      return /^\{"coefexps":(.*)\}$/.exec(message)?.[1] ?? "[]";
    });
    const certsText = certs ? toText(certs) : "";
    items(field(group, "signatures")).forEach((signature, i) => {
      if (i < coefexps.length)
        sign(owners[i], `certs_sig|{"certs":${certsText},"coefexps":${at(coefexps, i)}}`, signature);
    });
    items(field(group, "verification_keys")).forEach((key, i) =>
      sign(owners[i], said(field(key, "public_key")), field(key, "signature")),
    );
  }
}
