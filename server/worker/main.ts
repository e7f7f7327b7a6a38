// The tick worker: the only process that user code runs in. It is given one job, tells what comes of it, and ends.
import { openSocketChannel, TOKEN_VARIABLE } from "./debug/socket-channel.ts";
import { openForkChannel } from "./fork-channel.ts";
import { runWorker } from "./run-worker.ts";

const [option, socket] = process.argv.slice(2);
if (option === "--connect" && socket !== undefined) {
  const token = process.env[TOKEN_VARIABLE] ?? "";
  delete process.env[TOKEN_VARIABLE];
  runWorker(await openSocketChannel(socket, token));
} else {
  runWorker(openForkChannel());
}
