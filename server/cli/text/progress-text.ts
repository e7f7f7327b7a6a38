import type { Progress } from "../../authoring/index.ts";
import { amountInWords, percentageInWords, percentageOf } from "../../words/progress-words.ts";
import { oneMessageLine } from "./plain.ts";
import type { Style } from "./style.ts";

/** Formats `45% (5 of 11) compressing`, as far as it is known. */
export function formatProgress(progress: Progress, style: Style): string {
  return [formatAmount(progress, style), oneMessageLine(progress.message ?? "")].filter(Boolean).join(" ");
}

export function formatAmount(progress: Progress, { wording }: Style): string {
  const amount = amountInWords(progress, wording) ?? "";
  const percentage = percentageOf(progress);
  return percentage === undefined ? amount : `${percentageInWords(percentage, wording)} (${amount})`;
}
