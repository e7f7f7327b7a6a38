import { runLanguageServer } from "./run-language-server.ts";
import { transportFrom } from "./transport.ts";

runLanguageServer(transportFrom(process.argv.slice(2)));
