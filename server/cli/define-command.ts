import { type Command, InvalidArgumentError } from "commander";
import type { Context } from "./context.ts";

/** Executes a command; returns the exit code. */
export type Handler = (context: Context) => Promise<number>;

/** Adds a command to the program. Commands import what they need when they run, so that starting stays fast. */
export type DefineCommand = (
  usage: string,
  description: string,
) => { readonly command: Command; readonly run: (handler: Handler) => Promise<void> };

/** For commands that use the store. */
export function withStoreOption(define: DefineCommand): DefineCommand {
  return (usage, description) => {
    const defined = define(usage, description);
    defined.command.option("--store <directory>", "the directory of the stored tasks (default: .background-tasks of the workspace)");
    return defined;
  };
}

/** Examples and exit codes at the end of a command's help. */
export function helpEnd(examples: readonly string[], exitCodes: readonly string[]): string {
  const indented = (lines: readonly string[]) => lines.map((line) => `  ${line}`).join("\n");
  return `\nExamples:\n${indented(examples.map((example) => `$ background-tasks ${example}`))}\n\nExit codes:\n${indented(exitCodes)}`;
}

export const EXIT_CODE_HELP = {
  fine: "0  fine",
  actionFailed: "1  an action failed, even if it will be retried",
  badInput: "2  bad usage or bad input",
  locked: "3  another tick is running",
  storeUnusable: "4  the store cannot be used",
  signalled: "129, 130, 143  stopped by SIGHUP, SIGINT, SIGTERM; running actions are paused",
} as const;

/** @throws InvalidArgumentError if it is not a number greater than 0. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value <= 0) throw new InvalidArgumentError("It must be a number greater than 0.");
  return value;
}

/** @throws InvalidArgumentError if it is not a whole number greater than 0. */
export function positiveInteger(text: string): number {
  const value = positiveNumber(text);
  if (!Number.isSafeInteger(value)) throw new InvalidArgumentError("It must be a whole number greater than 0.");
  return value;
}

/** @throws InvalidArgumentError if it is not a whole number, 0 or more. */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isSafeInteger(value) || value < 0)
    throw new InvalidArgumentError("It must be a whole number, 0 or more.");
  return value;
}

/** Collects the values of an option that may be repeated. */
export function repeated(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
