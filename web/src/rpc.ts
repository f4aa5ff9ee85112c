// Calls into a Worker as promises. What fails there fails here, with the same message.

interface Request {
  id: number;
  name: string;
  args: unknown[];
}
type Reply = { id: number; value: unknown } | { id: number; error: string } | { event: unknown };

export class Remote {
  private next = 0;
  private readonly waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();

  constructor(
    private readonly worker: Worker,
    onEvent?: (event: unknown) => void,
  ) {
    worker.onmessage = ({ data }: MessageEvent<Reply>) => {
      if ("event" in data) {
        onEvent?.(data.event);
        return;
      }
      const call = this.waiting.get(data.id);
      this.waiting.delete(data.id);
      if ("error" in data) call?.reject(new Error(data.error));
      else call?.resolve(data.value);
    };
    const fail = (message: string) => {
      for (const call of this.waiting.values()) call.reject(new Error(message));
      this.waiting.clear();
    };
    worker.onerror = (event) => fail(event.message || "the worker could not be started");
    worker.onmessageerror = () => fail("what the worker has answered could not be read");
  }

  call<Value>(name: string, ...args: unknown[]): Promise<Value> {
    const id = this.next++;
    const promise = new Promise<unknown>((resolve, reject) => this.waiting.set(id, { resolve, reject }));
    this.worker.postMessage({ id, name, args } satisfies Request);
    return promise as Promise<Value>;
  }
  end(): void {
    this.worker.terminate();
  }
}

// In the Worker: answers calls by the functions of that name.
export function serve(functions: Record<string, (...args: never[]) => unknown>): void {
  onmessage = async ({ data }: MessageEvent<Request>) => {
    try {
      const value = await functions[data.name]!(...(data.args as never[]));
      postMessage({ id: data.id, value });
    } catch (error) {
      postMessage({ id: data.id, error: error instanceof Error ? error.message : String(error) });
    }
  };
}
