/** Which source imports which. */
export class ImportGraph {
  readonly #importers = new Map<string, Set<string>>();

  add(importer: string, imported: string): void {
    const importers = this.#importers.get(imported);
    if (importers) importers.add(importer);
    else this.#importers.set(imported, new Set([importer]));
  }

  /** The file itself, and all that import it, directly or not. */
  dependents(file: string): Set<string> {
    const found = new Set([file]);
    for (const reached of found) for (const importer of this.#importers.get(reached) ?? []) found.add(importer);
    return found;
  }
}
