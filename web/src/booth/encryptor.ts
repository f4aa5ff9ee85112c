// The booth's Worker, as the page calls it.
import { Remote } from "../rpc";
import type { PreparedBallot } from "../wasm/booth";

export class Encryptor {
  private readonly remote = new Remote(new Worker(new URL("./worker.ts", import.meta.url), { type: "module" }));

  open(election: string): Promise<{ uuid: string; fingerprint: string }> {
    return this.remote.call("open", election);
  }
  publicCredential(credential: string): Promise<string> {
    return this.remote.call("publicCredential", credential);
  }
  prepare(credential: string, answers: unknown): Promise<PreparedBallot> {
    return this.remote.call("prepare", credential, answers);
  }
  challenge(): Promise<{ opened: string }> {
    return this.remote.call("challenge");
  }
  forget(): Promise<void> {
    return this.remote.call("forget");
  }
}
