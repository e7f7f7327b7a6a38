import { readFileSync } from "node:fs";
import { withSeverities } from "../../language/checks/severities.ts";
import { InputError } from "../../service/input-error.ts";
import { readWorkspaceConfig } from "../../workspace/index.ts";
import { checkLoading } from "../checks/loading-check.ts";
import { LOADING_RULES } from "../checks/loading-rules.ts";
import { mergeDiagnostics } from "../checks/merge.ts";
import { checkStatically, requireKnownCodes } from "../checks/static-check.ts";
import type { Context } from "../context.ts";
import { type Diagnostic, inReadingOrder } from "../diagnostic.ts";
import { ExitCode } from "../exit-code.ts";
import { toDiagnosticsJson } from "../json/diagnostics-json.ts";
import { ownVersion } from "../own-version.ts";
import { requireTaskFiles, warnOfPatterns } from "../require-task-files.ts";
import { toSarifLog } from "../sarif/sarif-log.ts";
import { formatDiagnostics, summarizeDiagnostics } from "../text/diagnostics-text.ts";
import { withDescribingSupervisor } from "../with-supervisor.ts";

export interface CheckOptions {
  readonly sarif?: true;
  /** Leaves out everything but errors. */
  readonly quiet?: true;
  /** Default: none. */
  readonly maxWarnings?: number;
}

/** Reads the task files and loads them in a worker. */
export async function check(context: Context, { sarif, quiet, maxWarnings = 0 }: CheckOptions): Promise<number> {
  const { workspace, stdout, stderr, json } = context;
  if (sarif && json) throw new InputError("--sarif and --json cannot be combined: only one document is printed.");
  await requireTaskFiles(context);
  const { checks = {}, ...config } = readWorkspaceConfig(workspace);
  const { diagnostics: read, rules: readRules, taskFiles } = await checkStatically(workspace, config);
  const rules = [...LOADING_RULES, ...readRules];
  requireKnownCodes(
    checks,
    rules.map(({ code }) => code),
  );
  const executed = checkLoading(await withDescribingSupervisor(context, (supervisor) => supervisor.describe()), readSource);
  const found = inReadingOrder(withSeverities(mergeDiagnostics(executed, read), checks));
  const diagnostics = quiet ? found.filter(({ severity }) => severity === "error") : found;
  if (sarif) await stdout.json(toSarifLog({ diagnostics, rules, workspace, version: ownVersion() }));
  else if (json) await stdout.json(toDiagnosticsJson(diagnostics));
  else await stdout.lines(formatDiagnostics(diagnostics, stdout.style));
  await stderr.lines(warnOfPatterns(workspace, config.include, taskFiles));
  await stderr.line(summarizeDiagnostics(diagnostics, taskFiles.length));
  const count = (severity: Diagnostic["severity"]) => diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  return count("error") > 0 || count("warning") > maxWarnings ? ExitCode.actionFailed : ExitCode.fine;
}

function readSource(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
