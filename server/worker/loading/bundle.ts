import type { FileImports } from "../../workspace/import-graph.ts";
import type { LoadProblem } from "./load-problem.ts";

/** Task files made executable for Node. */
export interface Bundle {
  readonly taskFiles: readonly BundledTaskFile[];
  /** Where the classes of the bundled sources are declared, according to a simple scan of their text. */
  readonly declarations: readonly ClassDeclaration[];
  /** Which of the bundled sources imports which, including those that could not be bundled, as far as they were read. */
  readonly imports: readonly FileImports[];
  readonly problems: readonly LoadProblem[];
}

export interface BundledTaskFile {
  /** Absolute path of the source. */
  readonly file: string;
  /** Absolute path of the module to import. */
  readonly module: string;
}

export interface ClassDeclaration {
  readonly name: string;
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

/** What to bundle. Paths are absolute and real. */
export interface BundleRequest {
  readonly workspace: string;
  readonly taskFiles: readonly string[];
  readonly cacheDirectory: string;
  /** The entry module of the engine's own package, for sources that cannot find one. */
  readonly enginePackage: string;
}
