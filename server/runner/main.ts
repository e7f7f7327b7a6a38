import { keepCompiledCode } from "../start/compile-cache.ts";

keepCompiledCode();
const [{ runLanguageServer }, { transportFrom }] = await Promise.all([import("./run-language-server.ts"), import("./transport.ts")]);
runLanguageServer(transportFrom(process.argv.slice(2)));
