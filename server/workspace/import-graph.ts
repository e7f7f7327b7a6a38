/** A source file and its direct imports. */
export interface FileImports {
  readonly file: string;
  readonly imports: readonly string[];
}

/** Which source file imports which. */
export class ImportGraph {
  readonly #importers = new Map<string, Set<string>>();

  static of(files: Iterable<FileImports>): ImportGraph {
    const graph = new ImportGraph();
    for (const { file, imports } of files) for (const imported of imports) graph.add(file, imported);
    return graph;
  }

  add(importer: string, imported: string): void {
    const importers = this.#importers.get(imported);
    if (importers) importers.add(importer);
    else this.#importers.set(imported, new Set([importer]));
  }

  /** Returns the file itself and everything that imports it, directly or indirectly. */
  dependents(file: string): Set<string> {
    const found = new Set([file]);
    for (const reached of found) for (const importer of this.#importers.get(reached) ?? []) found.add(importer);
    return found;
  }

  /** Returns every file that imports something. */
  files(): FileImports[] {
    const imports = new Map<string, string[]>();
    for (const [imported, importers] of this.#importers) {
      for (const importer of importers) imports.set(importer, [...(imports.get(importer) ?? []), imported]);
    }
    return [...imports].map(([file, imported]) => ({ file, imports: imported.sort() })).sort((a, b) => (a.file < b.file ? -1 : 1));
  }
}
