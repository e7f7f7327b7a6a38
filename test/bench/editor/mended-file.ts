export const MENDED_FILE = "mended.task.ts";

/** A task file of which the action fails, or does not. Each round has a text of its own. */
export function mendedFile(round: number, fails: boolean): string {
  return `import { BackgroundTaskEx, BackgroundTaskExAction } from "background-task-ex";

export class Mend extends BackgroundTaskExAction {
  static override readonly retryDelay = 3_600_000;
  executeAction(): boolean {
    ${fails ? `throw new Error("round ${round}")` : "return true"};
  }
}

export class Mending extends BackgroundTaskEx {
  static override readonly actions = [Mend];
}
`;
}
