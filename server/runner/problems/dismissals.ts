import { randomUUID } from "node:crypto";
import * as nodeFs from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomically } from "../../store/disk/durable-file.ts";
import { fileSignature } from "../documents/source-texts.ts";
import type { Failure } from "./current-failures.ts";

/** The oldest are forgotten: by then their tasks have left the history. */
const MOST_DISMISSALS = 1_000;

type Marks = Readonly<Record<string, string>>;

/** The failures that people have dismissed, in a file beside the tasks, so that all windows and later days know of them. */
export class Dismissals {
  readonly #path: string;
  readonly #onChange: () => void;
  #marks: Marks = {};
  #signature: string | undefined;

  /** @param onChange there are others than before, of this window or of another one. */
  constructor(storeDirectory: string, onChange: () => void) {
    this.#path = join(storeDirectory, "dismissed-failures.json");
    this.#onChange = onChange;
  }

  /** Takes in what another window has written. */
  async refresh(): Promise<void> {
    const signature = await fileSignature(this.#path);
    if (signature === this.#signature) return;
    this.#signature = signature;
    this.#marks = signature === undefined ? {} : await readMarks(this.#path);
    this.#onChange();
  }

  has(failure: Failure): boolean {
    return this.#marks[keyOf(failure)] === failure.mark;
  }

  async add(failures: readonly Failure[]): Promise<void> {
    await this.refresh();
    const marks = { ...this.#marks, ...Object.fromEntries(failures.map((failure) => [keyOf(failure), failure.mark])) };
    this.#marks = Object.fromEntries(Object.entries(marks).slice(-MOST_DISMISSALS));
    await writeFileAtomically(nodeFs, {
      path: this.#path,
      temporary: `${this.#path}.${randomUUID()}.tmp`,
      content: `${JSON.stringify(this.#marks, null, 2)}\n`,
      durable: false,
    });
    this.#signature = await fileSignature(this.#path);
    this.#onChange();
  }
}

/** A file that somebody has spoilt dismisses nothing. */
async function readMarks(path: string): Promise<Marks> {
  try {
    const marks: unknown = JSON.parse(await readFile(path, "utf8"));
    return typeof marks === "object" && marks !== null ? (marks as Marks) : {};
  } catch {
    return {};
  }
}

function keyOf({ task, action }: Failure): string {
  return `${task}/${action}`;
}
