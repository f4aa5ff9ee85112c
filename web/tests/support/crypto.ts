// Browsers have this, and Node from 19 on.
import { webcrypto } from "node:crypto";

Object.defineProperty(globalThis, "crypto", { value: globalThis.crypto ?? webcrypto, configurable: true });
