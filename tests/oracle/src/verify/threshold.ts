// The parameters of trustees of whom some suffice: Pedersen's protocol as published (specification, section 4.6).
import { type Element, groupName, inverse, modulo, product, productOfPowers, readElement, text } from "./group.js";
import { array, fields, integer, type Json, parse, string } from "./json.js";
import { readProof } from "./proof.js";
import { at, demand, within } from "./refusal.js";
import { checkSignature, readSignedMessage, type SignedMessage } from "./signed_message.js";
import { readTrusteePublicKey } from "./verification_key.js";

export interface ThresholdTrustees {
  readonly kind: "Pedersen";
  readonly threshold: number;
  readonly keys: readonly Element[];
  readonly subkey: Element;
  /** The text of the certificates, and of each trustee what the certificate and the coefficients say. */
  readonly certificates: string;
  readonly signingKeys: readonly Element[];
  readonly coefexps: readonly string[];
}

// The certificate of the trustee of that index, from 1: their verification key (section 4.6.2).
function checkCertificate(certificate: SignedMessage, size: number, threshold: number, index: number): Element {
  const keys = fields(parse(certificate.message), "context", "verification", "encryption");
  const context = fields(keys.context, "group", "size", "threshold", "index");
  demand(string(context.group) === groupName, "for another group");
  demand(integer(context.size) === size, "for another number of trustees");
  demand(integer(context.threshold) === threshold, "for another threshold");
  demand(integer(context.index) === index, "of a trustee of another index");
  const verification = readElement(keys.verification);
  readElement(keys.encryption);
  checkSignature(verification, certificate.message, certificate.signature);
  return verification;
}

// A₀ … A_t of one trustee (section 4.6.4).
function checkCoefficients(signed: SignedMessage, key: Element, threshold: number): Element[] {
  const coefficients = array(fields(parse(signed.message), "coefexps").coefexps, readElement);
  demand(coefficients.length === threshold, `${coefficients.length} coefficients for a threshold of ${threshold}`);
  checkSignature(key, signed.message, signed.signature);
  return coefficients;
}

// ∏ᵢ ∏ₖ Aᵢₖ^(jᵏ): the public key that belongs to trustee j (section 4.6.6).
function keyOfTrustee(polynomials: readonly (readonly Element[])[], j: number): Element {
  const sums = at(polynomials, 0).map((_, k) => product(polynomials.map((polynomial) => at(polynomial, k))));
  return productOfPowers(
    sums,
    sums.map((_, k) => BigInt(j) ** BigInt(k)),
  );
}

export function readThresholdParameters(value: Json): ThresholdTrustees {
  const parameters = fields(value, "threshold", "certs", "coefexps", "signatures", "verification_keys");
  const threshold = integer(parameters.threshold);
  const certificates = array(parameters.certs, readSignedMessage);
  const size = certificates.length;
  demand(threshold >= 1 && threshold <= size, `a threshold of ${threshold} for ${size} trustees`);
  const coefexps = array(parameters.coefexps, readSignedMessage);
  const signatures = array(parameters.signatures, readProof);
  const verificationKeys = array(parameters.verification_keys, readTrusteePublicKey);
  for (const part of [coefexps, signatures, verificationKeys]) {
    demand(part.length === size, `${part.length} of something that each of ${size} trustees has`);
  }

  const forEach = <T>(what: string, check: (i: number) => T): T[] =>
    certificates.map((_, i) => within(`${what} of threshold trustee ${i + 1}`, () => check(i)));

  const signingKeys = forEach("certificate", (i) => checkCertificate(at(certificates, i), size, threshold, i + 1));
  const polynomials = forEach("coefficients", (i) => checkCoefficients(at(coefexps, i), at(signingKeys, i), threshold));
  forEach("signature of certificates and coefficients", (i) => {
    const elements = at(polynomials, i).map((element) => `"${text(element)}"`);
    const message = `certs_sig|{"certs":${parameters.certs.text},"coefexps":[${elements.join(",")}]}`;
    checkSignature(at(signingKeys, i), message, at(signatures, i));
  });
  const keys = forEach("verification key", (i) => {
    const { publicKey, signature } = at(verificationKeys, i);
    demand(publicKey.equals(keyOfTrustee(polynomials, i + 1)), "not the one that the coefficients make");
    demand(signature !== undefined, "not signed");
    checkSignature(at(signingKeys, i), text(publicKey), signature);
    return publicKey;
  });
  return {
    kind: "Pedersen",
    threshold,
    keys,
    subkey: product(polynomials.map((polynomial) => at(polynomial, 0))),
    certificates: parameters.certs.text,
    signingKeys,
    coefexps: coefexps.map((signed) => signed.message),
  };
}

/** λ_δ for the set of indices 𝓘, each from 1 (section 4.21). */
export function lagrange(indices: readonly number[], delta: number): bigint {
  const others = indices.filter((k) => k !== delta).map(BigInt);
  const numerator = others.reduce((all, k) => all * k, 1n);
  const denominator = others.reduce((all, k) => all * (k - BigInt(delta)), 1n);
  return modulo(numerator * inverse(denominator));
}
