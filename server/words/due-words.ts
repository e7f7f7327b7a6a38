import { momentInWords } from "./time-words.ts";
import type { Wording } from "./wording.ts";

/** Formats the next time something is due: `next Thu 01:30`. */
export function dueInWords(next: string, wording: Wording): string {
  return Date.parse(next) <= wording.now ? wording.t("due now") : wording.t("next {0}", momentInWords(next, wording));
}
