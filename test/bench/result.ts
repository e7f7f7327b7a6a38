import pc from "picocolors";
import type { Ratio } from "./rounds.ts";

export interface Result {
  readonly what: string;
  readonly comparedTo: string;
  readonly measured: Ratio;
  /** None: reported for information. */
  readonly target?: Target;
  /** Absolute numbers, which hold for this machine and this moment only. */
  readonly note?: string;
}

export interface Target {
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** What could not be measured, and why. */
export interface Omission {
  readonly what: string;
  readonly reason: string;
}

export function print(results: readonly (Result | Omission)[]): void {
  const rows = results.map((result) => ("reason" in result ? omissionRow(result) : resultRow(result)));
  const header = ["what", "compared to", "target", "measured", "quartiles", "", ""];
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  for (const [index, row] of [header, ...rows].entries()) {
    const line = row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
    console.log(index === 0 ? pc.dim(line) : line);
  }
}

/** In words: met, or by how much not. */
export function verdict({ measured, target }: Result): string {
  if (!target) return "";
  const { atLeast, atMost } = target;
  const missed = atLeast !== undefined ? 1 - measured.median / atLeast : measured.median / (atMost ?? Number.POSITIVE_INFINITY) - 1;
  return missed <= 0 ? "met" : `missed by ${Math.ceil(missed * 100)} %`;
}

function resultRow(result: Result): string[] {
  const { what, comparedTo, measured, target, note = "" } = result;
  return [
    what,
    comparedTo,
    targetText(target),
    times(measured.median),
    `${times(measured.low)} – ${times(measured.high)}`,
    verdict(result),
    note,
  ];
}

function omissionRow({ what, reason }: Omission): string[] {
  return [what, "", "", "–", "", "", reason];
}

function targetText(target: Target | undefined): string {
  if (target?.atLeast !== undefined) return `≥ ${target.atLeast}×`;
  return target?.atMost !== undefined ? `≤ ${target.atMost}×` : "";
}

function times(value: number): string {
  return `${value < 10 ? value.toFixed(2) : value.toFixed(1)}×`;
}
