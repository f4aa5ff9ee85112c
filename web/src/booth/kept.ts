// What the booth keeps in this browser: a ballot that was sent and not confirmed, and the tracker of the last one that
// was. Ballots are encrypted; what was chosen, and the credential, are kept nowhere.
import type { PreparedBallot } from "../wasm/booth";

export interface Pending extends PreparedBallot {
  time: number; // when it was encrypted
}

const pendingKey = (uuid: string) => `folkmoot.pending.${uuid}`;
const castKey = (uuid: string) => `folkmoot.cast.${uuid}`;

function read<Value>(key: string): Value | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null") as Value | null;
  } catch {
    return null;
  }
}

export const kept = {
  pending: (uuid: string) => read<Pending>(pendingKey(uuid)),
  keepPending: (uuid: string, ballot: Pending) => localStorage.setItem(pendingKey(uuid), JSON.stringify(ballot)),
  dropPending: (uuid: string) => localStorage.removeItem(pendingKey(uuid)),
  keepCast: (uuid: string, tracker: string) => localStorage.setItem(castKey(uuid), JSON.stringify(tracker)),
  // Calls back when another tab casts a ballot in this election.
  onCastElsewhere(uuid: string, call: (tracker: string) => void): () => void {
    const listen = (event: StorageEvent) => {
      if (event.key === castKey(uuid) && event.newValue) call(JSON.parse(event.newValue) as string);
    };
    addEventListener("storage", listen);
    return () => removeEventListener("storage", listen);
  },
};
