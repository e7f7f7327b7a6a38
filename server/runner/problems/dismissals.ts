import { randomUUID } from "node:crypto";
import * as nodeFs from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomically } from "../../store/disk/durable-file.ts";
import { fileSignature } from "../documents/source-texts.ts";
import { type DismissedMarks, dismissalKey, type Failure } from "../model/failure.ts";

/** The oldest are forgotten; their tasks have left the history by then. */
const MOST_DISMISSALS = 1_000;

/** The failures that users have dismissed, in a file beside the tasks, so that all windows and later sessions know about them. */
export class Dismissals {
  readonly #path: string;
  #marks: DismissedMarks = {};
  #signature: string | undefined;

  constructor(storeDirectory: string) {
    this.#path = join(storeDirectory, "dismissed-failures.json");
  }

  /** Reads what other windows have written. Returns the same object if nothing has changed. */
  async refresh(): Promise<DismissedMarks> {
    const signature = await fileSignature(this.#path);
    if (signature !== this.#signature) {
      this.#signature = signature;
      this.#marks = signature === undefined ? {} : await readMarks(this.#path);
    }
    return this.#marks;
  }

  async add(failures: readonly Failure[]): Promise<DismissedMarks> {
    const all = { ...(await this.refresh()), ...Object.fromEntries(failures.map((failure) => [dismissalKey(failure), failure.mark])) };
    const marks = Object.fromEntries(Object.entries(all).slice(-MOST_DISMISSALS));
    await writeFileAtomically(nodeFs, {
      path: this.#path,
      temporary: `${this.#path}.${randomUUID()}.tmp`,
      content: `${JSON.stringify(marks, null, 2)}\n`,
      durable: false,
    });
    this.#signature = await fileSignature(this.#path);
    this.#marks = marks;
    return marks;
  }
}

/** A damaged file counts as empty. */
async function readMarks(path: string): Promise<DismissedMarks> {
  try {
    const marks: unknown = JSON.parse(await readFile(path, "utf8"));
    return typeof marks === "object" && marks !== null ? (marks as DismissedMarks) : {};
  } catch {
    return {};
  }
}
