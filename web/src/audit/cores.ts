// A record verified on all cores: each Worker verifies a part of it, as `folkmoot-verify --shard` does, and one joins the
// parts to the report that a single one would have made. The first of them also verifies the supplement, if there is one.
//
// Nothing is valid that was not verified: a report is made of all parts or of none. If a Worker dies, as a browser lets
// them for want of memory, the verification begins again with half as many, and in the end with one, which needs no parts.
import { Remote } from "../rpc";
import type { Part, Verified } from "../wasm/verifier";

export type Start = (onPercent: (percent: number) => void) => Pick<Remote, "call" | "end">;
export const startWorker: Start = (onPercent) =>
  new Remote(new Worker(new URL("./worker.ts", import.meta.url), { type: "module" }), (percent) => onPercent(percent as number));

const MiB = 2 ** 20;

// How many Workers are to share a record of so many bytes: one for each core, as far as half of the device's memory will
// do. A Worker reads the record piece by piece, but each of them keeps credentials and trackers, the ciphertexts that are
// shuffled, and then its part as a text: together less than the record's own bytes.
export function workersFor(bytes: number, cores = navigator.hardwareConcurrency, gibibytes = memoryOf(navigator)): number {
  const each = 32 * MiB + bytes;
  return Math.max(1, Math.min(cores || 1, Math.floor((gibibytes * 1024 * MiB) / 2 / each)));
}
// Only some browsers tell how much there is, and none of them more than 8 GiB.
const memoryOf = (device: Navigator): number => (device as { deviceMemory?: number }).deviceMemory ?? 4;

export interface Auditing {
  record: Blob;
  supplement: string | null; // its text; null if the record has none
  tracker: string; // of a ballot to look for; may be empty
  signal: AbortSignal; // stops it
  onPercent(percent: number): void;
  onWorkers(workers: number): void; // so many have begun; fewer than before if one has died
}

async function verifyWith(workers: number, { record, supplement, tracker, signal, onPercent }: Auditing, start: Start): Promise<Verified> {
  const percents = new Array<number>(workers).fill(0);
  const remotes = percents.map((_, index) =>
    start((percent) => {
      percents[index] = percent;
      onPercent(Math.floor(percents.reduce((sum, one) => sum + one) / workers));
    }),
  );
  const stopped = new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));
  const [first] = remotes;
  const work = async (): Promise<Verified> => {
    if (workers === 1) return first!.call<Verified>("verify", record, supplement, tracker);
    const parts = remotes.map((remote, index) =>
      remote.call<Part>("verifyPart", record, index === 0 ? supplement : null, tracker, { index, of: workers }),
    );
    return first!.call<Verified>("join", await Promise.all(parts));
  };
  try {
    return await Promise.race([work(), stopped]);
  } finally {
    remotes.forEach((remote) => remote.end());
  }
}

// Throws what the last Worker has died of, and the signal's reason when it is stopped.
export async function verifyOnCores(auditing: Auditing, most = workersFor(auditing.record.size), start = startWorker): Promise<Verified> {
  for (let workers = most; ; workers = Math.floor(workers / 2)) {
    auditing.signal.throwIfAborted();
    auditing.onWorkers(workers);
    auditing.onPercent(0);
    try {
      return await verifyWith(workers, auditing, start);
    } catch (error) {
      if (workers === 1 || auditing.signal.aborted) throw error;
    }
  }
}
