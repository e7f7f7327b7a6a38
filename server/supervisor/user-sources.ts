import { BundlePositions, type CaptureError, createErrorCapture, mapPositions } from "../worker/error-capture/index.ts";

/** Maps what workers execute to the user's own sources. */
export class UserSources {
  /** Converts a thrown value to a record with positions in the user's sources. */
  readonly capture: CaptureError;
  readonly #positions: BundlePositions;

  constructor(workspace: string, cacheDirectory: string) {
    const where = { cacheDirectory, workspace };
    this.#positions = new BundlePositions(where);
    this.capture = createErrorCapture(where);
  }

  /** Maps every position in the text that can be mapped. */
  mapText(text: string): string {
    return mapPositions(text, this.#positions);
  }
}
