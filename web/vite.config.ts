import { resolve } from "node:path";
import { defineConfig } from "vite";

// The modules that wasm/CMakeLists.txt builds.
const modules = resolve(__dirname, "../build/wasm");

// All but the first two are src/site/main.tsx, which reads the address.
const pages = ["vote", "audit", "index", "contests", "petitions", "motions", "ledger", "ballots"];

export default defineConfig({
  resolve: { alias: { "@modules": modules } },
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  worker: { format: "es" },
  build: {
    target: "es2021",
    outDir: resolve(__dirname, "../build/web"),
    emptyOutDir: true,
    assetsInlineLimit: 0, // the content security policy allows nothing inline
    modulePreload: { polyfill: false },
    rollupOptions: { input: Object.fromEntries(pages.map((page) => [page, resolve(__dirname, `${page}.html`)])) },
  },
  server: { fs: { allow: [resolve(__dirname, "..")] } },
  test: { setupFiles: ["tests/support/crypto.ts"], testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false },
} as import("vitest/config").UserConfig);
