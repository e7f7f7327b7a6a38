import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { createInterface } from "node:readline";
import type { WorkerChannel } from "../channel/channel.ts";
import type { WorkerMessage } from "../channel/messages.ts";
import { directWriter } from "./direct-writer.ts";

/** The first line of each connection: who connects, and what for. */
export interface Hello {
  readonly token: string;
  readonly purpose: "commands" | "messages";
  readonly pid: number;
}

/** Environment variable of a worker that connects to its supervisor. */
export const TOKEN_VARIABLE = "BACKGROUND_TASKS_DEBUG_TOKEN";

/**
 * For a worker started by a debugger, which owns its standard streams: commands and messages use separate connections, because a connection
 * that is written synchronously must not be read.
 */
export async function openSocketChannel(path: string, token: string): Promise<WorkerChannel> {
  const [commands, messages] = await Promise.all([
    connected(path, { token, purpose: "commands", pid: process.pid }),
    connected(path, { token, purpose: "messages", pid: process.pid }),
  ]);
  const write = directWriter(messages);
  return {
    hasStandardStreams: false,
    get isOpen() {
      return !commands.closed;
    },
    send: (sent: readonly WorkerMessage[]) => write(sent.map((message) => `${JSON.stringify(message)}\n`).join("")),
    onCommand: (listener) => void createInterface(commands).on("line", (line) => listener(JSON.parse(line))),
    onLost: (listener) => void commands.once("close", listener),
  };
}

async function connected(path: string, hello: Hello): Promise<Socket> {
  const socket = connect(path);
  await once(socket, "connect");
  // Any later error closes it.
  socket.on("error", () => {});
  socket.write(`${JSON.stringify(hello)}\n`);
  return socket;
}
