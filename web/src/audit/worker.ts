// Where a record is verified, away from the page.
import code from "@modules/verifier.wasm?url";
import { serve } from "../rpc";
import { verify, verifyOpened } from "../wasm/verifier";

// TypeScript knows it only where it takes everything for a Worker.
declare class FileReaderSync {
  readAsArrayBuffer(blob: Blob): ArrayBuffer;
}

const compiled = () => WebAssembly.compileStreaming(fetch(code));

function reading(record: Blob) {
  const reader = new FileReaderSync();
  return (offset: number, size: number) => new Uint8Array(reader.readAsArrayBuffer(record.slice(offset, offset + size)));
}

serve({
  verifyOpened: async (record: Blob, opened: string) => verifyOpened(await compiled(), record.size, reading(record), opened),
  verify: async (record: Blob, tracker: string) => {
    const module = await compiled();
    const read = reading(record);
    let told = -1;
    return verify(module, record.size, read, tracker, (done, total) => {
      const percent = total === 0 ? 100 : Math.floor((100 * done) / total);
      if (percent === told) return;
      told = percent;
      postMessage({ event: percent });
    });
  },
});
