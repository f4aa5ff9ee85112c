// All acts about a thing, in order, however many pages of the ledger they are.
import { readApi } from "./load";
import type { LedgerPage } from "./schema";

export async function actsAbout(thing: string): Promise<LedgerPage> {
  const entries = [];
  for (let from: number | undefined = 0; ; ) {
    const part: LedgerPage = await readApi<LedgerPage>(`ledger?about=${encodeURIComponent(thing)}&from=${from}&limit=256`);
    entries.push(...part.entries);
    from = part.next;
    if (from === undefined) return { acts: part.acts, entries };
  }
}
