import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { createInterface } from "node:readline";
import type { WorkerChannel } from "../channel/channel.ts";
import type { WorkerMessage } from "../channel/messages.ts";
import { directWriter } from "./direct-writer.ts";

/** The first line of each connection: who it is, and what the connection is for. */
export interface Hello {
  readonly token: string;
  readonly purpose: "commands" | "messages";
  readonly pid: number;
}

/** In the environment of a worker that connects to its supervisor. */
export const TOKEN_VARIABLE = "BACKGROUND_TASKS_DEBUG_TOKEN";

/**
 * For a worker that somebody else has started, a debugger, whose standard streams it has: commands come and messages leave by connections
 * of their own, because one that is written synchronously must not be read.
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
  // Whatever goes wrong with it from now on closes it.
  socket.on("error", () => {});
  socket.write(`${JSON.stringify(hello)}\n`);
  return socket;
}
