import {
  IPCMessageReader,
  IPCMessageWriter,
  type MessageReader,
  type MessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";

/** How the runner and its client talk. */
export interface Transport {
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
  /** Calls back once when the other end is gone. */
  onLost(listener: () => void): void;
}

/** Standard input and output: for every LSP client. Nothing else may be printed to standard output from then on. */
export function stdioTransport(): Transport {
  return {
    reader: new StreamMessageReader(process.stdin),
    writer: new StreamMessageWriter(process.stdout),
    onLost(listener) {
      for (const event of ["end", "close", "error"]) process.stdin.once(event, listener);
      process.stdout.once("error", listener);
    },
  };
}

/** Node's own channel between a process and the one that forked it: what VS Code's language client uses. */
export function ipcTransport(): Transport {
  return {
    reader: new IPCMessageReader(process),
    writer: new IPCMessageWriter(process),
    onLost: (listener) => void process.once("disconnect", listener),
  };
}

/** By the arguments with which language clients start servers. */
export function transportFrom(args: readonly string[]): Transport {
  return args.includes("--node-ipc") ? ipcTransport() : stdioTransport();
}
