// A module of wasm/, as wasm/interface.hpp says to speak with it: texts in, JSON out.

interface Exports {
  memory: WebAssembly.Memory;
  _initialize(): void;
  take(size: number): number;
  give_back(at: number, size: number): void;
  answer_at(): number;
  answer_size(): number;
}

export type Imports = Record<string, (memory: WebAssembly.Memory, ...args: number[]) => number | void>;

// The randomness of a module with secrets. getRandomValues gives at most 65536 bytes at a time.
export function random(memory: WebAssembly.Memory, at?: number, size?: number): void {
  for (let done = 0; done < size!; done += 65536) {
    crypto.getRandomValues(new Uint8Array(memory.buffer, at! + done, Math.min(65536, size! - done)));
  }
}

// What the module says is wrong, in English, for who looks into it; the page says it in its own words.
export class ModuleError extends Error {}

export class Module {
  private constructor(private readonly exports: Exports & Record<string, (...args: number[]) => unknown>) {}

  // `page` are the functions of the page that the module may call: nothing else of the world is within its reach.
  static async start(code: WebAssembly.Module, page: Imports): Promise<Module> {
    let exports: Exports | undefined;
    const functions = Object.entries(page).map(([name, call]) => [
      name,
      (...args: number[]) => call(exports!.memory, ...args),
    ]);
    const instance = await WebAssembly.instantiate(code, { page: Object.fromEntries(functions) });
    exports = instance.exports as unknown as Exports;
    exports._initialize();
    return new Module(exports as Exports & Record<string, (...args: number[]) => unknown>);
  }

  // Calls an exported function with texts. Throws a ModuleError for an answer that is an error.
  call<Answer>(name: string, ...texts: string[]): Answer {
    return this.callWith(name, texts);
  }
  // The same with numbers after the texts.
  callWith<Answer>(name: string, texts: string[], ...numbers: number[]): Answer {
    const exports = this.exports;
    const places: number[] = [];
    for (const text of texts) {
      const bytes = new TextEncoder().encode(text);
      const at = exports.take(bytes.length);
      new Uint8Array(exports.memory.buffer, at, bytes.length).set(bytes);
      bytes.fill(0);
      places.push(at, bytes.length);
    }
    exports[name]!(...places, ...numbers);
    for (let i = 0; i < places.length; i += 2) exports.give_back(places[i]!, places[i + 1]!);
    const bytes = new Uint8Array(exports.memory.buffer, exports.answer_at(), exports.answer_size());
    const answer = JSON.parse(new TextDecoder().decode(bytes)) as Answer & { error?: string };
    if (answer.error !== undefined) throw new ModuleError(answer.error);
    return answer;
  }
}
