import { DEFAULT_INCLUDE, MAXIMUM_PATTERN_LENGTH, MAXIMUM_PATTERNS, USABLE_PATTERN } from "./task-file-patterns.ts";
import { isValid, type ValueSchema } from "./value-schema.ts";

export const CHECK_SEVERITIES = ["error", "warning", "information", "off"] as const;
export type CheckSeverity = (typeof CHECK_SEVERITIES)[number];

/** The configuration of a workspace folder's tasks. Readers have their own defaults for omitted settings. */
export interface WorkspaceConfig {
  /** Glob patterns of task files, relative to the folder; patterns that start with `!` exclude files. */
  readonly include: readonly string[];
  /** Maximum duration of a tick, in seconds. */
  readonly maxExecutionTime?: number;
  /** Seconds a worker may stay busy after the deadline before it is terminated. */
  readonly grace?: number;
  readonly durability?: "power" | "process";
  /** Severities of findings, by the code of the check. */
  readonly checks?: Readonly<Record<string, CheckSeverity>>;
}

/** A condition on the value of a setting, and what the value must be, as text. */
export interface Requirement {
  readonly schema: ValueSchema;
  readonly expected: string;
}

export interface ConfigRule {
  readonly description: string;
  readonly default: unknown;
  /** Checked in this order: the first violated one is reported. */
  readonly requirements: readonly Requirement[];
}

/** The settings of `background-tasks.config.json`. Both the reader of the file and its JSON Schema are derived from this. */
export const CONFIG_RULES: { readonly [Key in keyof Required<WorkspaceConfig>]: ConfigRule } = {
  include: {
    description: "Glob patterns of task files, relative to the folder. Patterns that start with ! exclude files.",
    default: DEFAULT_INCLUDE,
    requirements: [
      {
        schema: { type: "array", minItems: 1, items: { type: "string", minLength: 1 } },
        expected: `a list of glob patterns, such as ${JSON.stringify(DEFAULT_INCLUDE)}`,
      },
      {
        schema: { contains: { type: "string", pattern: "^[^!]" } },
        expected: "a list with at least one pattern that does not begin with !",
      },
      { schema: { maxItems: MAXIMUM_PATTERNS }, expected: `a list of at most ${MAXIMUM_PATTERNS} patterns` },
      {
        // One keyword with all that holds for each pattern: in the schema, later keywords replace earlier ones.
        schema: { items: { type: "string", minLength: 1, maxLength: MAXIMUM_PATTERN_LENGTH, pattern: USABLE_PATTERN } },
        expected: `patterns of at most ${MAXIMUM_PATTERN_LENGTH} characters without !(…)`,
      },
    ],
  },
  maxExecutionTime: {
    description: "Maximum duration of a tick, in seconds.",
    default: 30,
    requirements: [{ schema: { type: "number", exclusiveMinimum: 0 }, expected: "a number of seconds greater than 0" }],
  },
  grace: {
    description:
      "How long an action may stay busy after the deadline, or after a cancellation, before its process is terminated, in seconds.",
    default: 5,
    requirements: [{ schema: { type: "number", minimum: 0 }, expected: "a number of seconds, 0 or more" }],
  },
  durability: {
    description:
      'How durable saved progress is. "power": it survives a power cut. "process": it survives a killed process; faster, but the last moments may be repeated after a power cut.',
    default: "power",
    requirements: [{ schema: { enum: ["power", "process"] }, expected: '"power" or "process"' }],
  },
  checks: {
    description: "Severity of each check of task files, by its code.",
    default: {},
    requirements: [
      {
        schema: { type: "object", additionalProperties: { enum: CHECK_SEVERITIES } },
        expected: 'codes of checks with "error", "warning", "information" or "off", such as { "equal-ranks": "off" }',
      },
    ],
  },
};

/** True for a list of patterns as the configuration file may have it. */
export function isInclude(value: unknown): value is readonly string[] {
  return CONFIG_RULES.include.requirements.every(({ schema }) => isValid(value, schema));
}
