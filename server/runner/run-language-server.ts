import { setTimeout as delay } from "node:timers/promises";
import { createConnection, ProposedFeatures } from "vscode-languageserver";
import { createProtocolConnection } from "vscode-languageserver-protocol/node";
import { LanguageServer } from "./language-server.ts";
import { watchParent } from "./parent-watch.ts";
import type { Transport } from "./transport.ts";

/** Milliseconds in which everything must end when the client is gone or sends exit. */
const ENDING_TIME = 4_000;

/** Serves one client until it sends `exit` or is gone; then ends this process, after its workers. Never resolves. */
export function runLanguageServer(transport: Transport): Promise<never> {
  let server: LanguageServer | undefined;
  let isEnding = false;
  const end = (code: number): void => {
    if (isEnding) return;
    isEnding = true;
    const stopped = server?.stop().catch(() => {});
    void Promise.race([stopped, delay(ENDING_TIME)]).then(() => process.exit(code));
  };
  const watchDog = {
    shutdownReceived: false,
    initialize({ processId }: { readonly processId: number | null }): void {
      if (typeof processId === "number") watchParent(processId, () => end(1));
    },
    exit: end,
  };
  const connection = createConnection(
    (logger) => createProtocolConnection(transport.reader, transport.writer, logger),
    watchDog,
    ProposedFeatures.all,
  );
  transport.onLost(() => end(watchDog.shutdownReceived ? 0 : 1));
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => end(1));
  server = new LanguageServer(connection);
  connection.listen();
  return new Promise(() => {});
}
