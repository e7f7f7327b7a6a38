import type { Finding } from "../../language/index.ts";
import { didYouMean } from "../../service/closest-name.ts";
import { InputError } from "../../service/input-error.ts";
import { type CheckSeverity, CONFIG_FILE_NAME, findTaskFiles, readWorkspaceConfig, type WorkspaceConfig } from "../../workspace/index.ts";
import type { Diagnostic } from "../diagnostic.ts";

/** A rule of a report. */
export interface Rule {
  readonly code: string;
  readonly title: string;
  readonly severity: Diagnostic["severity"];
  readonly docs: string;
}

export interface StaticCheck {
  readonly diagnostics: readonly StaticDiagnostic[];
  readonly rules: readonly Rule[];
  readonly taskFiles: readonly string[];
}

export interface StaticDiagnostic extends Diagnostic {
  /** The class that contains it, if any: the 1-based line of its name. */
  readonly owner?: { readonly nameLine: number };
}

/** Checks what can be read in the task files of a workspace and the files they import. Loads the parser. */
export async function checkStatically(workspace: string, config: WorkspaceConfig = readWorkspaceConfig(workspace)): Promise<StaticCheck> {
  const language = await import("../../language/index.ts");
  const taskFiles = await findTaskFiles(workspace, config.include);
  const model = new language.SourceModel(new language.DiskSources());
  model.taskFiles = taskFiles;
  const findings = language.checkWorkspace(model);
  return {
    diagnostics: findings.map((finding) => {
      const owner = model
        .file(finding.file)
        .classes.find(({ range }) => range.start.line <= finding.range.start.line && finding.range.end.line <= range.end.line);
      return {
        ...toDiagnostic(finding),
        ...(owner ? { owner: { nameLine: owner.nameRange.start.line + 1 } } : {}),
      };
    }),
    rules: [language.NOT_ANALYSED, ...language.CHECKS].map((check) => ({
      code: check.code,
      title: check.title,
      severity: check.defaultSeverity,
      docs: language.docsOf(check),
    })),
    taskFiles,
  };
}

function toDiagnostic({ file, range: { start }, code, severity, message }: Finding): Diagnostic {
  return { file, line: start.line + 1, column: start.character + 1, code, severity, message };
}

/** @throws InputError for an unknown code. */
export function requireKnownCodes(severities: Readonly<Record<string, CheckSeverity>>, codes: readonly string[]): void {
  const unknown = Object.keys(severities).find((code) => !codes.includes(code));
  if (unknown === undefined) return;
  const hint = didYouMean(unknown, codes) || ` Available checks: ${codes.join(", ")}.`;
  throw new InputError(`${CONFIG_FILE_NAME}: unknown check ${JSON.stringify(unknown)}.${hint}`);
}
