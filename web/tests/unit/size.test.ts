// What a voter's browser downloads before the first step of the booth.
import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { root } from "../support/native";

const web = join(root, "build/web");

it("is below 150 KB, compressed, modules and all", () => {
  const page = readFileSync(join(web, "vote.html"), "utf8");
  const linked = [...page.matchAll(/(?:src|href)="\/([^"]+)"/g)].map(([, path]) => path!);
  const scripts = linked.filter((path) => path.endsWith(".js")).map((path) => readFileSync(join(web, path), "utf8"));
  // The worker and the module are named in the scripts.
  const assets = readdirSync(join(web, "assets"));
  const worker = assets.find((name) => scripts.some((script) => script.includes(name)) && name.startsWith("worker"))!;
  const module = assets.find((name) => readFileSync(join(web, "assets", worker), "utf8").includes(name) && name.endsWith(".wasm"))!;
  const files = ["vote.html", ...linked, `assets/${worker}`, `assets/${module}`];
  expect(files.length).toBeGreaterThanOrEqual(6);
  for (const form of ["br", "gz"]) {
    const sizes = files.map((file) => readFileSync(join(web, `${file}.${form}`)).length);
    expect(sizes.reduce((a, b) => a + b), form).toBeLessThan(150 * 1024);
  }
});

it("is compressed to what it is", () => {
  for (const name of readdirSync(web, { recursive: true, encoding: "utf8" })) {
    const unpack = { ".br": brotliDecompressSync, ".gz": gunzipSync }[extname(name)];
    if (unpack) expect(unpack(readFileSync(join(web, name))).equals(readFileSync(join(web, name.slice(0, -3)))), name).toBe(true);
  }
});

it("has nothing inline that the content security policy would stop, and nothing from elsewhere", () => {
  for (const name of ["vote.html", "audit.html"]) {
    const page = readFileSync(join(web, name), "utf8");
    expect(page).not.toMatch(/<style|style=|<script(?![^>]*src=)|\son\w+=|https?:/);
  }
});
