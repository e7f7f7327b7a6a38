// The tick worker: the only process that executes user code. It gets one job, reports its result, and ends.

import { keepCompiledCodeWithBundles } from "../start/compile-cache.ts";
import { cacheDirectory } from "../workspace/store-directory.ts";

const [option, value] = process.argv.slice(2);
// Started in the folder of its workspace.
keepCompiledCodeWithBundles(option === "--cache" && value !== undefined ? value : cacheDirectory(process.cwd()));
const [{ openForkChannel }, { openSocketChannel, TOKEN_VARIABLE }, { runWorker }] = await Promise.all([
  import("./channel/fork-channel.ts"),
  import("./debug/socket-channel.ts"),
  import("./run-worker.ts"),
]);
if (option === "--connect" && value !== undefined) {
  const token = process.env[TOKEN_VARIABLE] ?? "";
  delete process.env[TOKEN_VARIABLE];
  const channel = await openSocketChannel(value, token).catch(() => undefined);
  if (channel) {
    runWorker(channel);
  } else {
    console.error("The session that started this process has ended. Run Background Tasks: Debug Tick or Debug Failure again.");
    process.exitCode = 1;
  }
} else {
  runWorker(openForkChannel());
}
