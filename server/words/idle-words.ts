import type { Wording } from "./wording.ts";

/** An action that has paused this many times in a row without changing anything is reported as idle. */
export const IDLE_PAUSES_REPORTED = 3;

export function isReportedIdle({ idlePauses = 0 }: { readonly idlePauses?: number }): boolean {
  return idlePauses >= IDLE_PAUSES_REPORTED;
}

/** What an idle action has done, and the ways out. */
export function idleInWords(className: string, idlePauses: number, { t }: Pick<Wording, "t">): string {
  return t(
    "{0} has paused {1} times in a row without changing its params or its progress. If it waits for something, this is fine. If a request hangs, give it a timeout of its own or set attemptTimeout; with maxIdlePauses, such a pause becomes a failure.",
    className,
    idlePauses,
  );
}
