import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import fc from "fast-check";
import { CHECK_SEVERITIES, CONFIG_RULES } from "../../server/workspace/config-rules.ts";
import { configSchema } from "../../server/workspace/config-schema.ts";
import { ConfigError, readWorkspaceConfig } from "../../server/workspace/index.ts";
import { assertProperty } from "../support/thoroughness.ts";

const CHECK = { code: "equal-ranks", title: "Two actions of a task have the same rank", defaultSeverity: "warning" };

describe("The JSON Schema of background-tasks.config.json", () => {
  // `allowTrailingCommas` is a word of VS Code's; everything else is of JSON Schema, or refused.
  const validate = new Ajv({ strict: true }).addVocabulary(["allowTrailingCommas"]).compile(configSchema([CHECK]));
  let workspace: string;
  before(() => {
    workspace = mkdtempSync(join(tmpdir(), "background-tasks-schema-"));
  });
  after(() => rmSync(workspace, { recursive: true, force: true }));

  /** What the reader says of the file; `undefined` when it accepts it. */
  function refusal(config: unknown): string | undefined {
    writeFileSync(join(workspace, "background-tasks.config.json"), JSON.stringify(config));
    try {
      readWorkspaceConfig(workspace);
      return undefined;
    } catch (error) {
      assert.ok(error instanceof ConfigError, String(error));
      return error.message;
    }
  }

  function assertAgreement(config: unknown): void {
    const message = refusal(config);
    const isAccepted = validate(JSON.parse(JSON.stringify(config)));
    assert.equal(isAccepted, message === undefined, `${JSON.stringify(config)}: ${message ?? JSON.stringify(validate.errors)}`);
  }

  const accepted: readonly object[] = [
    {},
    { $schema: "./node_modules/background-task-ex/dist/config-schema.json" },
    { include: ["**/*.job.ts", "!old/**"] },
    { maxExecutionTime: 0.5, grace: 0, durability: "process" },
    { checks: { "equal-ranks": "off", "a-check-of-a-later-version": "error" } },
    ...Object.entries(CONFIG_RULES).map(([key, rule]) => ({ [key]: rule.default })),
  ];
  for (const config of accepted) {
    it(`accepts ${JSON.stringify(config)}, as the reader does`, () => {
      assert.equal(refusal(config), undefined);
      assertAgreement(config);
    });
  }

  const refused: readonly unknown[] = [
    [],
    null,
    { includes: [] },
    { constructor: 1 },
    { include: "a" },
    { include: [] },
    { include: ["!a", "!b"] },
    { include: ["a", ""] },
    { include: ["a", 1] },
    { include: ["!(a)", "b"] },
    { include: ["a", "b".repeat(201)] },
    { include: Array(101).fill("a") },
    { maxExecutionTime: 0 },
    { maxExecutionTime: "30" },
    { grace: -1 },
    { grace: null },
    { durability: "maximum" },
    { checks: { "equal-ranks": "fatal" } },
    { checks: ["off"] },
  ];
  for (const config of refused) {
    it(`refuses ${JSON.stringify(config)}, as the reader does`, () => {
      assert.notEqual(refusal(config), undefined);
      assertAgreement(config);
    });
  }

  it("agrees with the reader whatever the file says", () => {
    const severity = fc.oneof(fc.constantFrom(...CHECK_SEVERITIES), fc.string(), fc.jsonValue());
    const near = {
      $schema: fc.jsonValue(),
      include: fc.oneof(
        fc.array(
          fc.oneof(fc.constantFrom("a", "!a", "", "\n!", "!", "!(a)", "a".repeat(201)), fc.string({ unit: "binary" }), fc.jsonValue()),
        ),
      ),
      maxExecutionTime: fc.oneof(fc.integer({ min: -1, max: 1 }), fc.double({ noDefaultInfinity: true, noNaN: true }), fc.jsonValue()),
      grace: fc.oneof(fc.integer({ min: -1, max: 1 }), fc.jsonValue()),
      durability: fc.oneof(fc.constantFrom("power", "process"), fc.jsonValue()),
      checks: fc.oneof(fc.dictionary(fc.oneof(fc.constant("equal-ranks"), fc.string()), severity), fc.jsonValue()),
    };
    const config = fc.oneof(fc.record(near, { requiredKeys: [] }), fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue());
    assertProperty(fc.property(config, assertAgreement), 500);
  });

  it("describes every setting, and the checks for completion", () => {
    const { properties } = JSON.parse(JSON.stringify(configSchema([CHECK])));
    for (const [key, { description }] of Object.entries<{ description: string }>(properties)) assert.ok(description, key);
    assert.deepEqual(properties.checks.properties["equal-ranks"], {
      description: "Two actions of a task have the same rank.",
      enum: CHECK_SEVERITIES,
      default: "warning",
    });
  });
});
