// Where a record is verified, or a part of it, away from the page.
import code from "@modules/verifier.wasm?url";
import { serve } from "../rpc";
import { join, verify, verifyOpened, verifyPart, type Part, type Share } from "../wasm/verifier";

// TypeScript knows it only where it takes everything for a Worker.
declare class FileReaderSync {
  readAsArrayBuffer(blob: Blob): ArrayBuffer;
}

const compiled = () => WebAssembly.compileStreaming(fetch(code));

function reading(record: Blob) {
  const reader = new FileReaderSync();
  return (offset: number, size: number) => new Uint8Array(reader.readAsArrayBuffer(record.slice(offset, offset + size)));
}

// Tells the page each percent once.
function telling(): (done: number, total: number) => void {
  let told = -1;
  return (done, total) => {
    const percent = total === 0 ? 100 : Math.floor((100 * done) / total);
    if (percent === told) return;
    told = percent;
    postMessage({ event: percent });
  };
}

serve({
  verify: async (record: Blob, supplement: string | null, tracker: string) =>
    verify(await compiled(), record.size, reading(record), supplement, tracker, telling()),
  verifyPart: async (record: Blob, supplement: string | null, tracker: string, share: Share) =>
    verifyPart(await compiled(), record.size, reading(record), supplement, tracker, share, telling()),
  join: async (parts: Part[]) => join(await compiled(), parts),
  verifyOpened: async (record: Blob, opened: string) => verifyOpened(await compiled(), record.size, reading(record), opened),
});
