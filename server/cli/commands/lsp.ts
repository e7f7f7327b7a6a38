import { runLanguageServer } from "../../runner/run-language-server.ts";
import { stdioTransport } from "../../runner/transport.ts";

/** Serves until the client sends `exit` or is gone, which ends this process. */
export function lsp(): Promise<number> {
  return runLanguageServer(stdioTransport());
}
