// The supplement's text (docs/strict-profile.md, section 2).
import type { Bytes } from "../verify/bytes.js";
import { array, fields, integer, type Json, parse, string } from "../verify/json.js";
import { type Proof, readProof } from "../verify/proof.js";
import { demand } from "../verify/refusal.js";

export interface Ceremony {
  readonly commitments: readonly { readonly commitment: string; readonly signature: Proof }[];
  readonly reveals: readonly Proof[];
}

/** What stands for one event: whose it is, the hash of what it brings, and the signature. */
export interface SignedAct {
  readonly owner: number;
  readonly payload: string;
  readonly signature: Proof;
}

export interface ProvenDecryption extends SignedAct {
  readonly proof: Proof;
}

export interface Supplement {
  readonly uuid: string;
  readonly fingerprint: string;
  readonly ceremonies: readonly Ceremony[];
  readonly spoiled: readonly string[];
  readonly shuffles: readonly SignedAct[];
  readonly decryptions: readonly ProvenDecryption[];
  /** The text without the fields that grow with the record. */
  readonly head: string;
}

function readHash(value: Json): string {
  const hash = string(value);
  demand(/^[0-9a-f]{64}$/.test(hash), "a hash that is not 64 hexadecimal digits");
  return hash;
}

function readCeremony(value: Json): Ceremony {
  const ceremony = fields(value, "commitments", "reveals");
  const commitments = array(ceremony.commitments, (item) => {
    const committed = fields(item, "commitment", "signature");
    return { commitment: readHash(committed.commitment), signature: readProof(committed.signature) };
  });
  return { commitments, reveals: array(ceremony.reveals, readProof) };
}

function readOwner(value: Json): number {
  const owner = integer(value);
  demand(owner >= 1, "an owner below 1");
  return owner;
}

function readShuffle(value: Json): SignedAct {
  const act = fields(value, "owner", "payload", "signature");
  return { owner: readOwner(act.owner), payload: readHash(act.payload), signature: readProof(act.signature) };
}

function readDecryption(value: Json): ProvenDecryption {
  const act = fields(value, "owner", "payload", "proof", "signature");
  const [proof, signature] = [readProof(act.proof), readProof(act.signature)];
  return { owner: readOwner(act.owner), payload: readHash(act.payload), proof, signature };
}

export function readSupplement(content: Bytes): Supplement {
  const json = parse(content);
  const names = ["profile", "uuid", "fingerprint", "ceremonies", "spoiled", "shuffles", "decryptions"] as const;
  const supplement = fields(json, ...names);
  demand(string(supplement.profile) === "folkmoot-strict-1", "of another profile");
  return {
    uuid: string(supplement.uuid),
    fingerprint: string(supplement.fingerprint),
    ceremonies: array(supplement.ceremonies, readCeremony),
    spoiled: array(supplement.spoiled, string),
    shuffles: array(supplement.shuffles, readShuffle),
    decryptions: array(supplement.decryptions, readDecryption),
    head: json.text.slice(0, json.text.indexOf(',"shuffles":')) + "}",
  };
}
