import { SourceModel } from "../../../server/language/index.ts";
import type { SourceHost } from "../../../server/language/workspace/source-host.ts";

/** Files that are only in memory, named by absolute paths. */
export class MemorySources implements SourceHost {
  readonly #texts = new Map<string, { text: string; version: number }>();
  /** The files whose text was asked for, again for each time. */
  readonly reads: string[] = [];

  constructor(files: Readonly<Record<string, string>> = {}) {
    for (const [file, text] of Object.entries(files)) this.write(file, text);
  }

  write(file: string, text: string): void {
    this.#texts.set(file, { text, version: (this.#texts.get(file)?.version ?? 0) + 1 });
  }

  remove(file: string): void {
    this.#texts.delete(file);
  }

  version(file: string): string | undefined {
    return this.#texts.get(file)?.version.toString();
  }

  read(file: string): string | undefined {
    this.reads.push(file);
    return this.#texts.get(file)?.text;
  }

  get files(): string[] {
    return [...this.#texts.keys()];
  }
}

/** A workspace of files in memory; those called `*.task.ts` and so on are its task files. */
export function workspaceOf(files: Readonly<Record<string, string>>): { readonly model: SourceModel; readonly sources: MemorySources } {
  const sources = new MemorySources(files);
  const model = new SourceModel(sources);
  model.taskFiles = sources.files.filter((file) => /\.task\.[mc]?[jt]s$/.test(file));
  return { model, sources };
}
