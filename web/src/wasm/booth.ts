// The booth's module (wasm/booth.cpp).
import { Module, random } from "./module";

export interface PreparedBallot {
  ballot: string; // one line of canonical JSON
  tracker: string;
}

export class Booth {
  private constructor(private readonly module: Module) {}

  static async start(code: WebAssembly.Module): Promise<Booth> {
    return new Booth(await Module.start(code, { random }));
  }

  open(election: string): { uuid: string; fingerprint: string } {
    return this.module.call("open", election);
  }
  // The public credential that belongs to a private one. Throws if the text is none.
  publicCredential(credential: string): string {
    return this.module.call<{ credential: string }>("credential", credential).credential;
  }
  prepare(credential: string, answers: unknown): PreparedBallot {
    return this.module.call("prepare", credential, JSON.stringify(answers));
  }
  // What the ballot that was prepared last encrypts, and with what randomness: it must not be cast any more. Once.
  challenge(): { opened: string } {
    return this.module.call("challenge");
  }
  // The ballot that was prepared last is to be cast: nobody can open it any more.
  forget(): void {
    this.module.call("forget");
  }
}
