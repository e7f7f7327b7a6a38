import type { FileImports } from "../../workspace/import-graph.ts";
import type { LoadProblem } from "./load-problem.ts";

/** Task files made executable by Node. */
export interface Bundle {
  readonly taskFiles: readonly BundledTaskFile[];
  /** Where the classes of the bundled sources are declared, as far as a glance at the text tells. */
  readonly declarations: readonly ClassDeclaration[];
  /** Which of the bundled sources imports which, also of those that could not be bundled as far as they were read. */
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

/** What shall be bundled. Paths are absolute and real. */
export interface BundleRequest {
  readonly workspace: string;
  readonly taskFiles: readonly string[];
  readonly cacheDirectory: string;
  /** The engine's own package, for sources that cannot find one: path of its entry module. */
  readonly enginePackage: string;
}
