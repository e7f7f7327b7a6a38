import { join, sep } from "node:path";
import ts from "typescript";

const repository = process.env.TEST_REPOSITORY ?? "";
const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  lib: ["lib.esnext.d.ts", "lib.dom.d.ts", "lib.dom.asynciterable.d.ts"],
  module: ts.ModuleKind.Preserve,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  strict: true,
  skipLibCheck: true,
  noEmit: true,
  allowJs: true,
  allowImportingTsExtensions: true,
  types: ["node"],
  typeRoots: [join(repository, "node_modules/@types")],
  paths: { "background-task-ex": [join(process.env.DIST ?? "", "index.d.ts")] },
};

/** The errors that the compiler finds in files that are only in memory, by file, without their positions. */
export function errorsIn(files: ReadonlyMap<string, string>): ReadonlyMap<string, ReadonlySet<string>> {
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  // TypeScript asks with slashes everywhere.
  const own = new Map([...files].map(([file, text]) => [file.split(sep).join("/"), text]));
  host.fileExists = (file) => own.has(file) || fileExists(file);
  // Without it the compiler looks for files in directories that are not there.
  delete host.directoryExists;
  host.readFile = (file) => own.get(file) ?? readFile(file);
  const program = ts.createProgram([...own.keys()], options, host);
  return new Map(
    [...files.keys()].map((file) => {
      const source = program.getSourceFile(file.split(sep).join("/"));
      const semantic = /js$/.test(file) ? [] : program.getSemanticDiagnostics(source);
      const found = [...program.getSyntacticDiagnostics(source), ...semantic];
      // What an error follows from differs with the first of several mistakes.
      return [file, new Set(found.map(({ messageText }) => (typeof messageText === "string" ? messageText : messageText.messageText)))];
    }),
  );
}
