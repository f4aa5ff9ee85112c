import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { defineConfig } from "vite";

// The modules that wasm/CMakeLists.txt builds.
const modules = resolve(__dirname, "../build/wasm");

const built = resolve(__dirname, "../build/web");

// Each with the others that are the same: its main.tsx reads the address.
const alike: Record<string, string[]> = {
  vote: [],
  audit: [],
  index: ["contests", "petitions", "motions", "charter", "cases", "spending", "roll", "ledger", "ballots"],
  trustee: ["registrar", "run", "example"],
  member: ["sign-in", "account", "me", "office"],
};
const pages = Object.keys(alike);
// What they have in common stands in template.html, so that a page is its script and what it says without one.
const template = {
  name: "template",
  transformIndexHtml: {
    order: "pre" as const,
    handler: (page: string) => readFileSync(resolve(__dirname, "template.html"), "utf8").replace(/<!--.*-->/, () => page.trim()),
  },
};
const copies = {
  name: "copies",
  apply: "build" as const,
  closeBundle: () =>
    pages.forEach((page) => alike[page]!.forEach((copy) => copyFileSync(resolve(built, `${page}.html`), resolve(built, `${copy}.html`)))),
};

// Beside each file that gains from it the same, compressed as well as it can be, for the server to send.
const compressed = {
  name: "compressed",
  apply: "build" as const,
  closeBundle: () => {
    const files = readdirSync(built, { recursive: true, encoding: "utf8" }).filter((name) => /\.(html|js|css|wasm|svg|json|txt)$/.test(name));
    for (const path of files.map((name) => resolve(built, name))) {
      const bytes = readFileSync(path);
      const forms = { br: brotliCompressSync(bytes), gz: gzipSync(bytes, { level: 9 }) };
      for (const [extension, form] of Object.entries(forms)) if (form.length < bytes.length) writeFileSync(`${path}.${extension}`, form);
    }
  },
};

export default defineConfig({
  plugins: [template, copies, compressed],
  resolve: { alias: { "@modules": modules } },
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  worker: { format: "es" },
  build: {
    target: "es2021",
    outDir: built,
    emptyOutDir: true,
    assetsInlineLimit: 0, // the content security policy allows nothing inline
    modulePreload: { polyfill: false },
    rollupOptions: { input: Object.fromEntries(pages.map((page) => [page, resolve(__dirname, `${page}.html`)])) },
  },
  server: { fs: { allow: [resolve(__dirname, "..")] } },
  test: { setupFiles: ["tests/support/crypto.ts"], testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false },
} as import("vitest/config").UserConfig);
