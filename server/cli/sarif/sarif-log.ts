import { isAbsolute, join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { Rule } from "../checks/static-check.ts";
import type { Diagnostic } from "../diagnostic.ts";

const ROOT = "WORKSPACE";
const LEVELS = { error: "error", warning: "warning", information: "note" } as const;

export interface SarifInput {
  readonly diagnostics: readonly Diagnostic[];
  readonly rules: readonly Rule[];
  /** Absolute path. */
  readonly workspace: string;
  readonly version: string;
}

/** Returns a log in the format of code scanning services: SARIF 2.1.0, with paths relative to the workspace. */
export function toSarifLog({ diagnostics, rules, workspace, version }: SarifInput) {
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "background-tasks",
            version,
            informationUri: "https://github.com/background-task-ex/background-task-ex",
            rules: rules.map(({ code, title, severity, docs }) => ({
              id: code,
              shortDescription: { text: title },
              helpUri: docs,
              defaultConfiguration: { level: LEVELS[severity] },
            })),
          },
        },
        originalUriBaseIds: { [ROOT]: { uri: pathToFileURL(join(workspace, sep)).href } },
        columnKind: "utf16CodeUnits",
        results: diagnostics.map(({ file, line, column, severity, code, message }) => ({
          ruleId: code,
          ruleIndex: rules.findIndex((rule) => rule.code === code),
          level: LEVELS[severity],
          message: { text: message },
          locations: [
            { physicalLocation: { artifactLocation: artifact(file, workspace), region: { startLine: line, startColumn: column } } },
          ],
        })),
      },
    ],
  };
}

function artifact(file: string, workspace: string): { readonly uri: string; readonly uriBaseId?: string } {
  const path = relative(workspace, file);
  if (isAbsolute(path) || path === ".." || path.startsWith(`..${sep}`)) return { uri: pathToFileURL(file).href };
  return { uri: path.split(sep).map(encodeURIComponent).join("/"), uriBaseId: ROOT };
}
