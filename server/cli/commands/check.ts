import { readFileSync } from "node:fs";
import type { WorkspaceDescription } from "../../worker/workspace-description.ts";
import { checkLoading } from "../checks/loading-check.ts";
import type { Context } from "../context.ts";
import { type Diagnostic, inReadingOrder } from "../diagnostic.ts";
import { ExitCode } from "../exit-code.ts";
import { toDiagnosticsJson } from "../json/diagnostics-json.ts";
import { formatDiagnostics, summarizeDiagnostics } from "../text/diagnostics-text.ts";
import { withSupervisor } from "../with-supervisor.ts";

export function check(context: Context): Promise<number> {
  return withSupervisor(context, async (supervisor) => {
    const { stdout, stderr, json } = context;
    const description = await supervisor.describe();
    const diagnostics = inReadingOrder([...checkLoading(description, readSource)]);
    if (json) await stdout.json(toDiagnosticsJson(diagnostics));
    else await stdout.lines(formatDiagnostics(diagnostics, stdout.style));
    await stderr.line(summarizeDiagnostics(diagnostics, filesOf(description).size));
    return diagnostics.some(isError) ? ExitCode.actionFailed : ExitCode.fine;
  });
}

function isError({ severity }: Diagnostic): boolean {
  return severity === "error";
}

function filesOf({ classes, problems }: WorkspaceDescription): ReadonlySet<string> {
  return new Set([
    ...classes.flatMap(({ file }) => (file === undefined ? [] : [file])),
    ...problems.flatMap(({ file, taskFiles }) => taskFiles ?? [file]),
  ]);
}

function readSource(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
