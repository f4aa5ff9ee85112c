// The example organisation, as `folkmoot serve --example` makes and serves it.
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./native";

export class Example {
  private constructor(
    private readonly server: ChildProcess,
    readonly folder: string,
    readonly address: string,
    readonly election: string, // whose ballot is open
    readonly credentials: string[],
  ) {}

  static async start(): Promise<Example> {
    const folder = mkdtempSync(join(tmpdir(), "folkmoot-example-"));
    const server = spawn(
      join(root, "build/release/bin/folkmoot"),
      ["serve", "--example", "--dir", folder, "--port", "0", "--pages", join(root, "build/web")],
      { stdio: ["ignore", "pipe", "ignore"] },
    );
    let said = "";
    const found = await new Promise<RegExpMatchArray>((ready, fail) => {
      server.stdout.on("data", (bytes: Buffer) => {
        said += bytes.toString("utf8");
        const told = said.match(/is at (\S+)\n.*\/example\nVote at \S+\/vote\/(\S+), .*\n((?: +\S+ .*\n){3})/);
        if (told) ready(told);
      });
      server.on("exit", () => fail(new Error(`folkmoot serve --example has ended: ${said}`)));
    });
    const [, address, election, voters] = found;
    return new Example(server, folder, address!, election!, voters!.trim().split("\n").map((line) => line.trim().split(" ")[0]!));
  }

  async stop(): Promise<void> {
    const ended = new Promise((done) => this.server.on("exit", done));
    this.server.kill("SIGTERM");
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
