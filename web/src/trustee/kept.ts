// Sealed secrets that this browser keeps for a trustee, by what they are for: a ceremony, or a key's number.

import type { Message } from "../wasm/trustee";

const database = "folkmoot.trustee";
const store = "sealed";

export interface Kept {
  for: string;
  trustee: number; // of the ceremony; 0 for a key that was made alone
  sealed: string;
  closings?: Record<string, string>; // by election, the one closing of it that the key has served
  pending?: Message[]; // made and perhaps not sent: to be sent again, and never made anew
}

async function inStore<Value>(mode: IDBTransactionMode, act: (objects: IDBObjectStore) => IDBRequest<Value>): Promise<Value> {
  const opened = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(database, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: "for" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  try {
    return await new Promise<Value>((resolve, reject) => {
      const transaction = opened.transaction(store, mode, { durability: "strict" });
      const request = act(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    opened.close();
  }
}

export const kept = {
  read: (what: string) => inStore<Kept | undefined>("readonly", (objects) => objects.get(what) as IDBRequest<Kept | undefined>),
  all: () => inStore<Kept[]>("readonly", (objects) => objects.getAll() as IDBRequest<Kept[]>),
  keep: (one: Kept) => inStore("readwrite", (objects) => objects.put(one)),
  drop: (what: string) => inStore("readwrite", (objects) => objects.delete(what)),
};
