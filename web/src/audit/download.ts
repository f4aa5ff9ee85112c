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
