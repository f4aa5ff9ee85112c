// Stands before a server on this machine and counts what comes from it, byte by byte: what a browser really downloads.
import { connect, createServer, type AddressInfo, type Server } from "node:net";

export class Meter {
  received = 0; // with the heads of the answers
  readonly paths: string[] = []; // that were asked for

  private readonly server: Server;
  private constructor(address: string) {
    const { hostname, port } = new URL(address);
    this.server = createServer((browser) => {
      const site = connect(Number(port), hostname);
      site.on("data", (bytes) => (this.received += bytes.length));
      browser.on("data", (bytes) => this.paths.push(...[...bytes.toString("latin1").matchAll(/^GET (\S+) HTTP/gm)].map(([, path]) => path!)));
      browser.pipe(site).pipe(browser);
      for (const [one, other] of [[browser, site], [site, browser]] as const) one.on("error", () => other.destroy()).on("close", () => other.destroy());
    });
  }
  static async start(address: string): Promise<Meter> {
    const meter = new Meter(address);
    await new Promise<void>((ready) => meter.server.listen(0, "127.0.0.1", ready));
    return meter;
  }
  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
  // Once the browser has closed its connections.
  async stop(): Promise<void> {
    await new Promise((done) => this.server.close(done));
  }
}
