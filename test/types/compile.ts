import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";

/** What the compiler says of one line. */
export interface CompileError {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly code: string;
  /** With its whole chain of reasons. */
  readonly message: string;
}

export const FIXTURES = join(process.cwd(), "test/types/fixtures");

export function fixtures(kind: "accepted" | "refused" | "messages"): string[] {
  return readdirSync(join(FIXTURES, kind)).map((name) => join(FIXTURES, kind, name));
}

/**
 * Compiles files as an author's project would.
 *
 * @param entry what `background-task-ex` is: the sources, or the declarations that ship.
 */
export function compile(files: readonly string[], entry: string, options: ts.CompilerOptions = {}): CompileError[] {
  const program = ts.createProgram({
    rootNames: files,
    options: {
      target: ts.ScriptTarget.ES2023,
      lib: ["lib.es2023.d.ts"],
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      allowImportingTsExtensions: true,
      noEmit: true,
      noErrorTruncation: true,
      types: ["node"],
      typeRoots: [join(process.cwd(), "node_modules/@types")],
      paths: { "background-task-ex": [entry] },
      ...options,
    },
  });
  const diagnostics = [...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics()];
  for (const file of program.getSourceFiles()) {
    const isOurs = files.includes(file.fileName) || dirname(file.fileName) === dirname(entry);
    if (isOurs) diagnostics.push(...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file));
  }
  return diagnostics.map((diagnostic) => ({
    file: diagnostic.file?.fileName ?? "",
    line: diagnostic.file ? diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line + 1 : 0,
    code: `TS${diagnostic.code}`,
    message: ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"),
  }));
}

/** As Node itself finds modules. */
export const NODE_RESOLUTION: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  allowImportingTsExtensions: false,
};
