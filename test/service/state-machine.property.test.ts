import assert from "node:assert/strict";
import fc from "fast-check";
import { assertProperty, runsOf } from "../support/thoroughness.ts";
import { ScriptedService } from "./scripted-service.ts";
import { type ActionSpec, KilledInModel, type RequestSpec, TableModel, type TaskSpec } from "./table-model.ts";

const SCRIPTS = 20_000;
const START = Date.UTC(2026, 0, 1);

const outcomes = fc.array(fc.constantFrom("true", "false", "throw", "kill" as const), { maxLength: 4 });

const executions = fc.array(fc.constantFrom("true", "false", "idle", "idle", "throw", "kill" as const), { maxLength: 8 });

const action: fc.Arbitrary<ActionSpec> = fc.record({
  name: fc.constant(""),
  rank: fc.integer({ min: 0, max: 2 }),
  init: fc.option(outcomes, { nil: undefined }),
  recover: fc.option(outcomes, { nil: undefined }),
  execute: executions,
  maxAttempts: fc.integer({ min: 1, max: 3 }),
  maxIdlePauses: fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined }),
  retryDelay: fc.constantFrom(0, 0, 3),
});

const task: fc.Arbitrary<TaskSpec> = fc.record({
  name: fc.constant(""),
  type: fc.constantFrom("interactive", "cron"),
  onActionFailed: fc.constantFrom("continue", "continue", "stop"),
  actions: fc.array(action, { maxLength: 3 }).map((actions) => actions.map((spec, index) => ({ ...spec, name: `A${index}` }))),
});

const tasks = fc.array(task, { minLength: 1, maxLength: 4 }).map((specs) => specs.map((spec, index) => ({ ...spec, name: `T${index}` })));

const taskName = fc.integer({ min: 0, max: 3 }).map((index) => `T${index}`);

const request: fc.Arbitrary<RequestSpec> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constantFrom("cancel", "retry", "retry", "pause", "resume"), task: taskName }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("params" as const),
      task: taskName,
      action: fc.integer({ min: 0, max: 2 }).map((index) => `A${index}`),
      calls: fc.integer({ min: 0, max: 100 }),
    }),
  },
);

const tick = fc.record({ budget: fc.integer({ min: 1, max: 12 }), requests: fc.array(request, { maxLength: 2 }) });

describe("a tick does what the table says", () => {
  it(`in ${runsOf(SCRIPTS)} random scripts of outcomes, kills and requests over several tasks and ticks`, async function () {
    this.timeout(300_000);
    await assertProperty(
      fc.asyncProperty(tasks, fc.array(tick, { minLength: 1, maxLength: 8 }), async (specs, ticks) => {
        const model = new TableModel(specs, START);
        const service = new ScriptedService(specs, START);
        await service.createTasks();
        for (const { budget, requests } of ticks) {
          for (const asked of requests) {
            model.request(asked);
            await service.request(asked);
          }
          tickModel(model, budget);
          await service.tick(budget);
          assert.deepEqual(service.calls, model.calls);
          assert.deepEqual(await service.state(), model.state());
          assert.deepEqual(await service.history(), model.history);
        }
      }),
      SCRIPTS,
    );
  });
});

function tickModel(model: TableModel, budget: number): void {
  try {
    model.tick(budget);
  } catch (error) {
    if (!(error instanceof KilledInModel)) throw error;
  }
}
