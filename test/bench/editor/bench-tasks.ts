/** Tasks that tell by a clock that all processes share when something happened to them. */
export const BENCH_TASKS = `import { BackgroundTaskEx, BackgroundTaskExAction } from "background-task-ex";
import { writeFileSync } from "node:fs";

export class NoteTheTime extends BackgroundTaskExAction<{ file: string }> {
  executeAction() {
    writeFileSync(this.params.file, String(performance.timeOrigin + performance.now()));
    return false;
  }
}

export class TickBench extends BackgroundTaskEx<{ file: string }> {
  static override readonly actions = [NoteTheTime];
}

export class ThrowTheTime extends BackgroundTaskExAction<{}> {
  static override readonly maxAttempts = 1_000;
  executeAction(): boolean {
    throw new Error(\`thrown at \${performance.timeOrigin + performance.now()}\`);
  }
}

export class ThrowBench extends BackgroundTaskEx<{}> {
  static override readonly actions = [ThrowTheTime];
}

export class SayTheTime extends BackgroundTaskExAction<{}> {
  executeAction() {
    if (this.task) this.task.message = \`at @\${Date.now()}@\`;
    return false;
  }
}

export class SayBench extends BackgroundTaskEx<{}> {
  static override readonly actions = [SayTheTime];
}
`;
export const BENCH_FILE = "bench.task.ts";
