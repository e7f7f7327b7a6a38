import { soonInWords } from "./time-words.ts";
import type { Wording } from "./wording.ts";

/** @param number starts at 1; `most` is not always known. */
export function attemptNumberInWords(number: number, most: number | undefined, { t }: Pick<Wording, "t">): string {
  return most === undefined ? t("attempt {0}", number) : t("attempt {0} of {1}", number, most);
}

/** `undefined` if there is nothing to wait for. */
export function nextAttemptInWords(at: string | undefined, wording: Wording): string | undefined {
  return at !== undefined && Date.parse(at) > wording.now ? wording.t("next attempt {0}", soonInWords(at, wording)) : undefined;
}
