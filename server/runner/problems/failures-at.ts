import { isDeepStrictEqual } from "node:util";
import type { Diagnostic, Range } from "vscode-languageserver";
import { uriOf } from "../file-uri.ts";
import type { FolderFacts } from "../model/folder-facts.ts";
import type { ShownFailure } from "../model/problem.ts";
import type { FailureData } from "./failure-diagnostic.ts";
import { isAskedFor } from "./places.ts";

export interface AskedPlace {
  /** Absolute path. */
  readonly file: string;
  readonly range: Range;
  /** The client's diagnostics there, if it sends them. */
  readonly diagnostics?: readonly Diagnostic[];
}

/** A failure with the folder whose task failed. */
export interface FailureOfFolder extends ShownFailure {
  readonly facts: FolderFacts;
}

/**
 * The failures of all folders at a place, including those of tasks that failed in the same way at the same place, which are shown as one.
 */
export function failuresAt({ file, range, diagnostics = [] }: AskedPlace, folders: readonly FolderFacts[]): readonly FailureOfFolder[] {
  const uri = uriOf(file);
  const named = diagnostics.flatMap(({ data }) => (isFailureData(data) ? [data] : []));
  return folders.flatMap((facts) => {
    const inFile = facts.failures.filter(({ place }) => place.uri === uri);
    const asked = inFile.filter(
      ({ place, diagnostic }) => isAskedFor(place.range, range) || named.some((data) => isDeepStrictEqual(data, diagnostic.data)),
    );
    return inFile
      .filter(({ place }) => asked.some((one) => isDeepStrictEqual(one.place.range, place.range)))
      .map((shown) => ({ ...shown, facts }));
  });
}

function isFailureData(data: unknown): data is FailureData {
  return typeof data === "object" && data !== null && "task" in data;
}
