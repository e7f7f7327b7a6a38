import { isDeepStrictEqual } from "node:util";
import type { Diagnostic } from "vscode-languageserver";
import { movedRange } from "../../language/text/moved-range.ts";
import type { TextEdit } from "../../language/text/text-edit.ts";
import { uriOf } from "../file-uri.ts";
import type { PlacedDiagnostic } from "./load-diagnostics.ts";

/** Publishes the diagnostics of all who have some. Of each owner the newest set counts, whole; what was published before is taken back. */
export class DiagnosticsDesk {
  readonly #publish: (uri: string, diagnostics: Diagnostic[]) => void;
  readonly #owned = new Map<string, Map<string, readonly Diagnostic[]>>();
  readonly #published = new Map<string, readonly Diagnostic[]>();
  /** Files that were edited since they were published. */
  readonly #edited = new Set<string>();

  constructor(publish: (uri: string, diagnostics: Diagnostic[]) => void) {
    this.#publish = publish;
  }

  set(owner: string, diagnostics: readonly PlacedDiagnostic[]): void {
    const before = this.#owned.get(owner)?.keys() ?? [];
    const byUri = grouped(diagnostics);
    if (byUri.size > 0) this.#owned.set(owner, byUri);
    else this.#owned.delete(owner);
    for (const uri of new Set([...before, ...byUri.keys(), ...this.#edited])) this.#publishFile(uri);
  }

  /** What is shown in a file stays with its line. Editors see to that by themselves, so they are told with what is new only. */
  edited(file: string, edit: TextEdit): void {
    const uri = uriOf(file);
    for (const byUri of this.#owned.values()) {
      const moved = byUri.get(uri)?.map((diagnostic) => ({ ...diagnostic, range: movedRange(diagnostic.range, edit) }));
      if (!moved) continue;
      byUri.set(uri, moved);
      this.#edited.add(uri);
    }
  }

  #publishFile(uri: string): void {
    this.#edited.delete(uri);
    const diagnostics = [...this.#owned.values()].flatMap((byUri) => byUri.get(uri) ?? []);
    if (isDeepStrictEqual(diagnostics, this.#published.get(uri) ?? [])) return;
    if (diagnostics.length > 0) this.#published.set(uri, diagnostics);
    else this.#published.delete(uri);
    this.#publish(uri, diagnostics);
  }
}

/** Several tasks may fail in the same way at the same place: that is said once. */
function grouped(placed: readonly PlacedDiagnostic[]): Map<string, Diagnostic[]> {
  const byUri = new Map<string, Diagnostic[]>();
  const known = new Set<string>();
  for (const { file, diagnostic } of placed) {
    const uri = uriOf(file);
    const { range, code, message } = diagnostic;
    const key = JSON.stringify([uri, range, code, message]);
    if (known.has(key)) continue;
    known.add(key);
    byUri.set(uri, [...(byUri.get(uri) ?? []), diagnostic]);
  }
  return byUri;
}
