import type { Unanalysed } from "../syntax/unanalysed.ts";
import type { Severity } from "./check.ts";

/** A rule beside the checks: it tells of no mistake, but that the absence of findings in a file means nothing. */
export const NOT_ANALYSED = {
  code: "not-analysed",
  defaultSeverity: "warning",
  title: "A file is too large, or nested too deeply, to be analysed",
} as const satisfies { readonly code: string; readonly defaultSeverity: Severity; readonly title: string };

export function notAnalysedMessage({ reason, advice }: Unanalysed): string {
  return `Not analysed (${reason}): nothing is checked or shown here, although the file is executed. ${advice}`;
}
