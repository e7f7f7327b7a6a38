import { EventEmitter, once } from "node:events";
import { WebSocket } from "ws";

interface Answer {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** Speaks the inspector's protocol with a Node process, as every debugger of Node does. */
export class InspectorClient {
  readonly closed: Promise<void>;
  readonly #socket: WebSocket;
  readonly #events = new EventEmitter();
  readonly #answers = new Map<number, (answer: Answer) => void>();
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => socket.once("close", () => resolve()));
    socket.on("error", () => {});
    socket.on("message", (data) => this.#receive(JSON.parse(String(data))));
  }

  /** `url` as Node prints it when it may be inspected. */
  static async connect(url: string): Promise<InspectorClient> {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    const client = new InspectorClient(socket);
    await once(socket, "open");
    return client;
  }

  /** Rejects with what the process answers. While a process is ending it may never answer. */
  send<Result = unknown>(method: string, params: object = {}): Promise<Result> {
    const id = ++this.#lastId;
    this.#socket.send(JSON.stringify({ id, method, params }));
    return new Promise((resolve, reject) => {
      this.#answers.set(id, ({ result, error }) => (error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result as Result)));
    });
  }

  on<Params>(method: string, listener: (params: Params) => void): void {
    this.#events.on(method, listener);
  }

  close(): void {
    this.#socket.close();
  }

  #receive(answer: Answer): void {
    if (answer.method !== undefined) this.#events.emit(answer.method, answer.params);
    if (answer.id === undefined) return;
    this.#answers.get(answer.id)?.(answer);
    this.#answers.delete(answer.id);
  }
}
