// Where a record is verified, away from the page.
import code from "@modules/verifier.wasm?url";
import { serve } from "../rpc";
import { verify } from "../wasm/verifier";

// TypeScript knows it only where it takes everything for a Worker.
declare class FileReaderSync {
  readAsArrayBuffer(blob: Blob): ArrayBuffer;
}

serve({
  verify: async (record: Blob, tracker: string) => {
    const module = await WebAssembly.compileStreaming(fetch(code));
    const reader = new FileReaderSync();
    const read = (offset: number, size: number) => new Uint8Array(reader.readAsArrayBuffer(record.slice(offset, offset + size)));
    let told = -1;
    return verify(module, record.size, read, tracker, (done, total) => {
      const percent = total === 0 ? 100 : Math.floor((100 * done) / total);
      if (percent === told) return;
      told = percent;
      postMessage({ event: percent });
    });
  },
});
