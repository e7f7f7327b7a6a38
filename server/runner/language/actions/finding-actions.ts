import { CodeActionKind, type Range } from "vscode-languageserver";
import type { Fix } from "../../../language/index.ts";
import { isAskedFor } from "../../problems/places.ts";
import type { ShownFinding } from "../../problems/shown-findings.ts";
import type { Offer } from "./offer.ts";

/** @param shown all findings of the file. */
export function findingActions(shown: readonly ShownFinding[], range: Range): Offer[] {
  const asked = shown.filter(({ diagnostic }) => isAskedFor(diagnostic.range, range));
  const fixed = asked.flatMap(({ finding: { fix, code }, diagnostic }) => (fix ? [{ fix, code, diagnostic }] : []));
  return [
    ...fixed.map(({ fix, diagnostic }) => ({
      ...quickFix(fix),
      diagnostics: [diagnostic],
      ...(fixed.length === 1 && { isPreferred: true as const }),
    })),
    ...[...new Set(fixed.map(({ code }) => code))].flatMap((code) => allOf(code, shown)),
    ...asked.flatMap(({ finding, diagnostic, read: { language, model } }) => {
      const ignoring = language.ignoreFinding(model, finding);
      return ignoring ? [{ ...quickFix(ignoring), diagnostics: [diagnostic] }] : [];
    }),
  ];
}

function allOf(code: string, shown: readonly ShownFinding[]): Offer[] {
  const fixed = shown.flatMap(({ finding, diagnostic, read }) =>
    finding.code === code && finding.fix ? [{ fix: finding.fix, diagnostic, language: read.language }] : [],
  );
  if (fixed.length < 2) return [];
  const changes = fixed[0]?.language.fixAll(fixed.map(({ fix }) => fix));
  if (!changes) return [];
  return [{ ...quickFix({ title: `Fix all ${code} in this file`, changes }), diagnostics: fixed.map(({ diagnostic }) => diagnostic) }];
}

function quickFix({ title, changes }: Fix): Offer {
  return { title, kind: CodeActionKind.QuickFix, changes };
}
