import { randomUUID, timingSafeEqual } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Hello } from "../../worker/debug/socket-channel.ts";

/** Bytes within which a connection must identify itself. */
const LONGEST_HELLO = 1_024;
const NEWLINE = 0x0a;

export interface PrivateSocketListener {
  onListening(): void;
  onConnection(socket: Socket, hello: Hello): void;
  onError(error: Error): void;
}

/** A socket reachable only by processes of the same user, accepting only those that know its token. */
export class PrivateSocket {
  readonly path: string;
  readonly token = randomUUID();
  readonly #directory: string | undefined;
  readonly #server: Server;

  constructor(listener: PrivateSocketListener) {
    if (process.platform === "win32") {
      this.path = `\\\\.\\pipe\\background-tasks-${randomUUID()}`;
    } else {
      // Accessible by its owner only; short, because socket paths are limited in length.
      this.#directory = mkdtempSync(join(tmpdir(), "btx-"));
      this.path = join(this.#directory, "s");
    }
    this.#server = createServer((socket) => this.#greet(socket, listener));
    this.#server.on("error", (error) => listener.onError(error));
    this.#server.listen(this.path, () => listener.onListening());
  }

  /** Accepts no more connections; existing ones stay open. */
  close(): void {
    this.#server.close();
    if (this.#directory !== undefined) rmSync(this.#directory, { recursive: true, force: true });
  }

  #greet(socket: Socket, listener: PrivateSocketListener): void {
    let received = Buffer.alloc(0);
    const onData = (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      const end = received.indexOf(NEWLINE);
      if (end < 0 && received.length < LONGEST_HELLO) return;
      socket.off("data", onData);
      socket.pause();
      const hello = parseHello(received.subarray(0, Math.max(0, end)));
      if (!hello || !isSame(hello.token, this.token)) return void socket.destroy();
      if (received.length > end + 1) socket.unshift(received.subarray(end + 1));
      listener.onConnection(socket, hello);
    };
    socket.on("error", () => {});
    socket.on("data", onData);
  }
}

function parseHello(line: Buffer): Hello | undefined {
  try {
    const hello: Partial<Hello> | null = JSON.parse(line.toString("utf8"));
    const isWhole = typeof hello?.token === "string" && typeof hello.pid === "number";
    return isWhole && (hello.purpose === "commands" || hello.purpose === "messages") ? (hello as Hello) : undefined;
  } catch {
    return undefined;
  }
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
