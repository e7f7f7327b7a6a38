// A client that starts a runner and a tick in it, prints the runner's pid, and lives until it is killed.
import { requests } from "../../../server/protocol/runner-protocol.ts";
import { RunnerClient, uriOf } from "./runner-client.ts";

const [workspace = ""] = process.argv.slice(2);
const client = await RunnerClient.start([workspace]);
const folder = uriOf(workspace);
await client.request(requests.createTask, { folder, class: "Lasting", params: { obeys: true } });
process.stdout.write(`${client.child.pid}\n`);
await client.request(requests.runTick, { folder, startedBy: "person" });
