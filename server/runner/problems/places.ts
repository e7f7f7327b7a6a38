import { type Disposable, Emitter, type Range } from "vscode-languageserver";
import { movedRange } from "../../language/text/moved-range.ts";
import { comparePositions } from "../../language/text/position.ts";
import type { TextEdit } from "../../language/text/text-edit.ts";
import type { OpenDocuments } from "../documents/open-documents.ts";
import { uriOf } from "../file-uri.ts";
import type { Place } from "../model/problem.ts";
import { rangeInVersion } from "./text-comparison.ts";

interface FollowedPlace extends Place {
  range: Range;
  /** The text of the last save, or else the one in which it was found. */
  text: string | undefined;
  /** The range in that text. */
  saved: Range;
}

interface OpenFile {
  /** The text when it was last opened or saved. */
  text: string;
  /** Edits since then. */
  edits: TextEdit[];
}

/** Follows places through edits, and is the only owner of positions: whatever publishes, hovers or acts reads `Place.range` at that moment. */
export class Places {
  readonly #documents: OpenDocuments;
  /** By URI. */
  readonly #followed = new Map<string, Map<Place, FollowedPlace>>();
  readonly #open = new Map<string, OpenFile>();
  readonly #jumped = new Emitter<string>();

  constructor(documents: OpenDocuments) {
    this.#documents = documents;
    documents.onDidOpen((file, text) => {
      const uri = uriOf(file);
      this.#open.set(uri, { text, edits: [] });
      // Not always the saved text: editors keep unsaved ones across a restart.
      this.#placeAgain(uri);
    });
    documents.onDidEdit(({ file, edit }) => {
      const uri = uriOf(file);
      this.#open.get(uri)?.edits.push(edit);
      for (const place of this.#in(uri)) place.range = movedRange(place.range, edit);
    });
    documents.onDidChange((file, text) => {
      const uri = uriOf(file);
      const open = this.#open.get(uri);
      if (!open || open.edits.length === 0 || open.text !== text) return;
      // Everything was undone: places deleted in the meantime are restored.
      open.edits = [];
      this.#placeAgain(uri);
    });
    documents.onDidSave((file, text) => {
      const uri = uriOf(file);
      this.#open.set(uri, { text, edits: [] });
      for (const place of this.#in(uri)) {
        place.saved = place.range;
        place.text = text;
      }
    });
    documents.onDidClose((file) => {
      const uri = uriOf(file);
      this.#open.delete(uri);
      // Unsaved edits are lost.
      this.#placeAgain(uri);
    });
  }

  /** @param text the file's text in which the range was found, if known. The place is followed until `forget`. */
  found(file: string, range: Range, text: string | undefined): Place {
    const place: FollowedPlace = { file, uri: uriOf(file), range, saved: range, text };
    place.range = this.#rangeOf(place);
    const inFile = this.#followed.get(place.uri) ?? new Map<Place, FollowedPlace>();
    this.#followed.set(place.uri, inFile.set(place, place));
    return place;
  }

  forget(place: Place): void {
    const inFile = this.#followed.get(place.uri);
    inFile?.delete(place);
    if (inFile?.size === 0) this.#followed.delete(place.uri);
  }

  /** Places in the file have changed without an edit, so the editor has not moved what it shows there. */
  onDidJump(listener: (uri: string) => void): Disposable {
    return this.#jumped.event(listener);
  }

  #in(uri: string): Iterable<FollowedPlace> {
    return this.#followed.get(uri)?.values() ?? [];
  }

  #placeAgain(uri: string): void {
    let haveJumped = false;
    for (const place of this.#in(uri)) {
      const { start, end } = place.range;
      place.range = this.#rangeOf(place);
      haveJumped ||= comparePositions(start, place.range.start) !== 0 || comparePositions(end, place.range.end) !== 0;
    }
    if (haveJumped) this.#jumped.fire(uri);
  }

  #rangeOf({ file, uri, saved, text }: FollowedPlace): Range {
    const open = this.#open.get(uri);
    if (!open || text === this.#documents.get(file)?.getText()) return saved;
    return open.edits.reduce(movedRange, text === undefined ? saved : rangeInVersion(saved, text, open.text));
  }
}

/** Whether the user means what is shown in `range`: they point into it, or anywhere on the line where it starts. */
export function isAskedFor(range: Range, asked: Range): boolean {
  const begins = asked.start.line <= range.start.line && range.start.line <= asked.end.line;
  return begins || (comparePositions(range.start, asked.end) <= 0 && comparePositions(asked.start, range.end) <= 0);
}
