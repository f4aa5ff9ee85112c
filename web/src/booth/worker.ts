// Where ballots are encrypted, away from the page. The private credential goes from the page to here and no further.
import code from "@modules/booth.wasm?url";
import { Booth } from "../wasm/booth";
import { serve } from "../rpc";

const booth = WebAssembly.compileStreaming(fetch(code)).then((module) => Booth.start(module));

serve({
  open: async (election: string) => (await booth).open(election),
  publicCredential: async (credential: string) => (await booth).publicCredential(credential),
  prepare: async (credential: string, answers: unknown) => (await booth).prepare(credential, answers),
  challenge: async () => (await booth).challenge(),
  forget: async () => (await booth).forget(),
});
