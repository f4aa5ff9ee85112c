// Passkeys (W3C Web Authentication Level 2): between the server's JSON and navigator.credentials.
import type { CreationOptions, RequestOptions } from "../site/schema";
import { calls } from "./calls";

export function fromBase64Url(text: string): Uint8Array {
  const base64 = text.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
export function toBase64Url(bytes: ArrayBuffer | Uint8Array): string {
  const text = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

export const canUsePasskeys = (): boolean => typeof PublicKeyCredential !== "undefined" && !!navigator.credentials;

const credentials = (list: { type: "public-key"; id: string }[]) => list.map(({ type, id }) => ({ type, id: fromBase64Url(id) }));

export function creation(options: CreationOptions): PublicKeyCredentialCreationOptions {
  const user = options.user as { id: string; name: string; displayName: string };
  return {
    ...(options as unknown as PublicKeyCredentialCreationOptions),
    challenge: fromBase64Url(options.challenge),
    user: { ...user, id: fromBase64Url(user.id) },
    excludeCredentials: credentials(options.excludeCredentials),
  };
}
export function assertion(options: RequestOptions): PublicKeyCredentialRequestOptions {
  return {
    ...(options as unknown as PublicKeyCredentialRequestOptions),
    challenge: fromBase64Url(options.challenge),
    allowCredentials: credentials(options.allowCredentials),
  };
}

// Both throw a DOMException if the member does not go through with it, and a Problem if the server refuses.
export async function addPasskey(): Promise<void> {
  const made = (await navigator.credentials.create({ publicKey: creation(await calls.passkeyToAdd()) })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  await calls.addPasskey({ client_data: toBase64Url(response.clientDataJSON), attestation: toBase64Url(response.attestationObject) });
}
export async function showPasskey(): Promise<void> {
  const shown = (await navigator.credentials.get({ publicKey: assertion(await calls.passkeyToShow()) })) as PublicKeyCredential;
  const response = shown.response as AuthenticatorAssertionResponse;
  await calls.showPasskey({
    credential: toBase64Url(shown.rawId),
    client_data: toBase64Url(response.clientDataJSON),
    authenticator_data: toBase64Url(response.authenticatorData),
    signature: toBase64Url(response.signature),
  });
}
