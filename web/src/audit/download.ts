// A record from an address on this server, as a Blob: the browser keeps a large one on disk.
export async function download(address: string, signal: AbortSignal, onPercent: (percent: number) => void): Promise<Blob> {
  const response = await fetch(address, { signal, credentials: "same-origin" });
  if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
  const total = Number(response.headers.get("content-length") ?? 0);
  const reader = response.body.getReader();
  const parts: Uint8Array[] = [];
  for (let size = 0, told = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) return new Blob(parts);
    parts.push(value);
    size += value.length;
    const percent = total > 0 ? Math.floor((100 * size) / total) : 0;
    if (percent > told) onPercent((told = percent));
  }
}

// The text at an address on this server; null if there is none. Throws if that cannot be found out.
export async function textAt(address: string, signal: AbortSignal): Promise<string | null> {
  const response = await fetch(address, { signal, credentials: "same-origin" });
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.text();
}

// A supplement's text; null if the server was asked and has none, undefined if it was not asked.
export type Supplement = string | null | undefined;

// The one that stands beside a record, which only some addresses of records say where to look for.
async function downloadSupplement(address: string, signal: AbortSignal): Promise<Supplement> {
  const beside = address.replace(/\.bel$/, ".strict.json");
  return beside === address ? undefined : textAt(beside, signal);
}
// Where what it says of shuffles and decryptions begins (docs/strict-profile.md, section 2).
const acts = (supplement: Supplement) => supplement?.slice(supplement.indexOf(',"shuffles":'));

// A record with its supplement: once more if a trustee has handed something in meanwhile, which would be in one of them.
export async function downloadBoth(address: string, signal: AbortSignal, onPercent: (percent: number) => void): Promise<[Blob, Supplement]> {
  for (;;) {
    const supplement = await downloadSupplement(address, signal);
    const record = await download(address, signal, onPercent);
    if (typeof supplement !== "string" || acts(supplement) === acts(await downloadSupplement(address, signal))) return [record, supplement];
  }
}
