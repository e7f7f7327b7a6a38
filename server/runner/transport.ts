import {
  IPCMessageReader,
  IPCMessageWriter,
  type MessageReader,
  type MessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { MessageFraming } from "./message-framing.ts";

/** The connection between the runner and its client. */
export interface Transport {
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
  /** Calls back once when the other end is gone. */
  onLost(listener: () => void): void;
}

/** Standard input and output: for every LSP client. Nothing else may be printed to standard output from then on. */
export function stdioTransport(): Transport {
  const input = process.stdin.pipe(new MessageFraming());
  return {
    reader: new StreamMessageReader(input),
    writer: new StreamMessageWriter(process.stdout),
    onLost(listener) {
      for (const event of ["end", "close", "error"]) process.stdin.once(event, listener);
      process.stdout.once("error", listener);
      input.once("error", ({ message }) => {
        process.stderr.write(`${message}\n`);
        listener();
      });
    },
  };
}

/** Node's own channel between a process and its parent, as used by VS Code's language client. */
export function ipcTransport(): Transport {
  return {
    reader: new IPCMessageReader(process),
    writer: new IPCMessageWriter(process),
    onLost: (listener) => void process.once("disconnect", listener),
  };
}

/** Parses the arguments with which language clients start servers. */
export function transportFrom(args: readonly string[]): Transport {
  return args.includes("--node-ipc") ? ipcTransport() : stdioTransport();
}
