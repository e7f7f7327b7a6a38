import { KINDS, type Trial } from "./campaign.ts";

const MEANING: Readonly<Record<Trial["kind"], string>> = {
  "kill before": "the process ends before the call",
  "kill after": "the process ends after the call",
  tear: "half of a write, then the process ends",
  "short write": "a write takes half",
  EIO: "the call fails once: the disk reports an error",
  EMFILE: "the call fails once: too many open files",
  EACCES: "the call fails once: permission denied",
  ENOSPC: "the disk is full from here on, after half of a write",
  EDQUOT: "the quota is used up from here on, after half of a write",
  "power cut": "whatever was not synced is there, missing or torn",
  "power cut after a failed sync": "and what a sync could not write is lost, though the next sync succeeds",
};

/** A Markdown table: faults tried and survived. */
export function table(trials: readonly Trial[]): string {
  const rows = KINDS.flatMap((kind) => {
    const tried = trials.filter((trial) => trial.kind === kind && (trial.met || trial.wrong.length > 0));
    const survived = tried.filter(({ wrong }) => wrong.length === 0).length;
    return tried.length > 0 ? [`| ${kind} | ${MEANING[kind]} | ${tried.length} | ${survived} |`] : [];
  });
  return ["| fault | what happens | tried | survived |", "|---|---|---|---|", ...rows].join("\n");
}
