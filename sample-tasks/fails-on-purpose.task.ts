import { readFile } from "node:fs/promises";
import { type Actions, BackgroundTaskEx, BackgroundTaskExAction } from "background-task-ex";

interface Params {
  settings: string;
}

/**
 * THE IDEA: a failure is never only in a log. Errors thrown by `executeAction` are kept, with file, line and `cause`, on the action and in
 * the history. This action reads a file with one comma too many, has two attempts, and fails for good.
 */
export class ApplySettings extends BackgroundTaskExAction<Params> {
  static readonly maxAttempts = 2;

  async executeAction() {
    const { settings } = this.params;
    const text = await readFile(settings, "utf8");
    try {
      this.task.message = `${Object.keys(JSON.parse(text)).length} settings applied`;
      return true;
    } catch (cause) {
      throw new Error(`${settings} is not valid JSON`, { cause }); // fails here, on purpose
    }
  }
}

export class FailsOnPurpose extends BackgroundTaskEx<Params> {
  static readonly actions = [ApplySettings] satisfies Actions<Params>;
}
