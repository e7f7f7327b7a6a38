import { readFile, stat } from "node:fs/promises";

/** The texts of source files on disk; read again only after changes. */
export class SourceTexts {
  readonly #known = new Map<string, { readonly signature: string; readonly text: string }>();

  /** `undefined` if the file does not exist. */
  async text(file: string): Promise<string | undefined> {
    const signature = await fileSignature(file);
    if (signature === undefined) {
      this.#known.delete(file);
      return undefined;
    }
    const known = this.#known.get(file);
    if (known?.signature === signature) return known.text;
    const text = await readFile(file, "utf8").catch(() => undefined);
    if (text !== undefined) this.#known.set(file, { signature, text });
    return text;
  }

  async texts(files: Iterable<string>): Promise<ReadonlyMap<string, string>> {
    const read = await Promise.all([...new Set(files)].map(async (file) => [file, await this.text(file)] as const));
    return new Map(read.filter((pair): pair is readonly [string, string] => pair[1] !== undefined));
  }
}

/** Changes whenever the file does; `undefined` if it does not exist. */
export async function fileSignature(file: string): Promise<string | undefined> {
  const stats = await stat(file).catch(() => undefined);
  return stats?.isFile() ? `${stats.mtimeMs} ${stats.size} ${stats.ino}` : undefined;
}
