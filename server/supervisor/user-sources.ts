import { BundlePositions, type CaptureError, createErrorCapture, mapPositions } from "../worker/error-capture/index.ts";
import { cacheDirectory } from "../workspace/index.ts";

/** Finds the user's own sources behind what workers execute. */
export class UserSources {
  /** Turns what was thrown into a record with positions of the user's sources. */
  readonly capture: CaptureError;
  readonly #positions: BundlePositions;

  constructor(workspace: string) {
    const where = { cacheDirectory: cacheDirectory(workspace), workspace };
    this.#positions = new BundlePositions(where);
    this.capture = createErrorCapture(where);
  }

  /** The text with every position in it that can be mapped. */
  mapText(text: string): string {
    return mapPositions(text, this.#positions);
  }
}
