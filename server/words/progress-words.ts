import type { ActionState } from "../protocol/folder-state.ts";
import type { Wording } from "./wording.ts";

type Progress = NonNullable<ActionState["progress"]>;

/** 0 to 100; `undefined` where the end is not known. */
export function percentageOf(progress: Progress | undefined): number | undefined {
  const fraction = fractionOf(progress);
  return fraction === undefined ? undefined : Math.floor(fraction * 100);
}

/** 0 to 1; `undefined` where the end is not known. */
export function fractionOf({ done, total }: Progress = {}): number | undefined {
  if (done === undefined || total === undefined || !(total > 0)) return undefined;
  return Math.min(1, Math.max(0, done / total));
}

export function percentageInWords(percentage: number, { t }: Pick<Wording, "t">): string {
  return t("{0}%", percentage);
}

/** `5 of 11`, or `5` where the end is not known. */
export function amountInWords({ done, total }: Progress, { t, locale }: Pick<Wording, "t" | "locale">): string | undefined {
  if (done === undefined) return undefined;
  const count = (value: number) => new Intl.NumberFormat(locale).format(value);
  return total !== undefined && total > 0 ? t("{0} of {1}", count(done), count(total)) : count(done);
}
