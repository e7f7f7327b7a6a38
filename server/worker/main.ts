// The tick worker: the only process that user code runs in. It is given one job, tells what comes of it, and ends.
import { openForkChannel } from "./fork-channel.ts";
import { runWorker } from "./run-worker.ts";

runWorker(openForkChannel());
