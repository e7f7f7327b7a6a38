// The tasks that `npm start` creates, quick ones first: a tick goes on with the others while there is time left.

/** In the name, so that a later start knows what an interrupted one has left behind. */
const MARK = "npm start";

export const SAMPLE_RUNS = [
  { class: "FailsOnPurpose", params: { settings: "data/settings.json" }, intended: "finished-with-failures" },
  { class: "PurgeArchives", params: {}, intended: "finished" },
  {
    class: "ImportOrders",
    params: { from: "data/orders", to: "results/orders", rejected: "results/rejected-orders" },
    intended: "finished",
  },
  { class: "TrafficReport", params: { logs: "data/logs", report: "results/traffic.md" }, intended: "finished" },
  { class: "CompressLogs", params: { from: "data/logs", to: "results/logs" }, intended: "finished" },
].map((run) => ({ ...run, name: `${run.class} (${MARK})` }));

export function isSampleRun({ name }) {
  return SAMPLE_RUNS.some((run) => run.name === name);
}
