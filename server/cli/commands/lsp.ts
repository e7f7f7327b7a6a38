import type { Context } from "../context.ts";
import { ExitCode } from "../exit-code.ts";

export async function lsp({ stderr }: Context): Promise<number> {
  await stderr.line("error: this version has no language server yet. `background-tasks check` reports problems in task files.");
  return ExitCode.badInput;
}
