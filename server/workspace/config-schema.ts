import { CHECK_SEVERITIES, CONFIG_RULES, type ConfigRule } from "./config-rules.ts";

/** A check of task files as described in the schema. */
export interface DescribedCheck {
  readonly code: string;
  readonly title: string;
  readonly defaultSeverity: string;
}

/**
 * Returns the JSON Schema of `background-tasks.config.json`. The codes of checks are only suggestions: codes of later versions are accepted
 * too.
 */
export function configSchema(checks: readonly DescribedCheck[]): object {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Background Tasks",
    description: "How the task files of a folder are found, executed and checked.",
    type: "object",
    // An option of VS Code, which would otherwise warn about what the reader accepts.
    allowTrailingCommas: true,
    properties: {
      $schema: { description: "Where editors find this schema." },
      ...Object.fromEntries(Object.entries(CONFIG_RULES).map(([key, rule]) => [key, property(rule)])),
      checks: {
        ...property(CONFIG_RULES.checks),
        properties: Object.fromEntries(
          checks.map(({ code, title, defaultSeverity }) => [
            code,
            { description: `${title}.`, enum: CHECK_SEVERITIES, default: defaultSeverity },
          ]),
        ),
      },
    },
    additionalProperties: false,
  };
}

function property({ description, default: byDefault, requirements }: ConfigRule): object {
  return { description, default: byDefault, ...Object.assign({}, ...requirements.map(({ schema }) => schema)) };
}
