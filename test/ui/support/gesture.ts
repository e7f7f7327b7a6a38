/** Milliseconds that one try may take. */
export const TRY = 5_000;
const TRIES = 4;

/**
 * Does what a person would do again when nothing happened: a key pressed while the page is busy can be lost, or what it opened is closed
 * by something else. So the gesture is repeated as a whole, from a state that `undo` restores.
 */
export async function gesture<Result>(attempt: () => Promise<Result>, undo: () => Promise<unknown>): Promise<Result> {
  for (let number = 1; ; number++) {
    try {
      return await attempt();
    } catch (error) {
      if (number === TRIES) throw error;
      await undo();
    }
  }
}
