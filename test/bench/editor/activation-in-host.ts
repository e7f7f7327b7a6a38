import { writeFileSync } from "node:fs";
import * as vscode from "vscode";
import { extension } from "../../editor/support/extension.ts";
import type { Activation, MeasuredInHost } from "./measured.ts";

/** In a folder that activates neither: times each activation, ours first in every other round. */
export async function run(): Promise<void> {
  const css = vscode.extensions.getExtension("vscode.css-language-features");
  if (!css) throw new Error("The editor has no CSS extension to compare with.");
  const ours = extension();
  const active = [ours, css].filter(({ isActive }) => isActive).map(({ id }) => id);
  if (active.length > 0) throw new Error(`Activated before it could be measured: ${active.join(", ")}.`);
  const measures = { ours: () => ours.activate(), css: () => css.activate() };
  const order = process.env.BENCH_ROUND === "odd" ? (["ours", "css"] as const) : (["css", "ours"] as const);
  const times: Record<string, Activation> = {};
  for (const name of order) times[name] = await measure(measures[name]);
  const measured = { activation: times } as unknown as MeasuredInHost;
  writeFileSync(process.env.BENCH_RESULT ?? "", JSON.stringify(measured));
}

async function measure(activate: () => Thenable<unknown>): Promise<Activation> {
  const memory = process.memoryUsage().heapUsed;
  const before = performance.now();
  await activate();
  return { milliseconds: performance.now() - before, bytes: process.memoryUsage().heapUsed - memory };
}
