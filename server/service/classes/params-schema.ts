import type { StandardSchemaV1 } from "@standard-schema/spec";
import { pathStep } from "../../authoring/value-path.ts";
import { InputError } from "../input-error.ts";

/** The params as returned by the schema, completed and transformed, or one sentence per issue with the path of the value. */
export type Validation = { readonly value: unknown } | { readonly issues: readonly string[] };

/**
 * Validates params with a Standard Schema (https://standardschema.dev), version 1. Returns a promise only if the schema does.
 *
 * @throws InputError if the value is not a schema.
 */
export function validateParams(schema: unknown, params: unknown): Validation | Promise<Validation> {
  if (!isStandardSchema(schema)) {
    throw new InputError(
      "static params must be a Standard Schema (such as a schema of zod, valibot or arktype; https://standardschema.dev).",
    );
  }
  const result = schema["~standard"].validate(params);
  return "then" in result ? result.then(toValidation) : toValidation(result);
}

function toValidation(result: StandardSchemaV1.Result<unknown>): Validation {
  return result.issues ? { issues: result.issues.map(sentence) } : { value: result.value };
}

function isStandardSchema(schema: unknown): schema is StandardSchemaV1 {
  const isHolder = (typeof schema === "object" && schema !== null) || typeof schema === "function";
  return isHolder && typeof (schema as Partial<StandardSchemaV1>)["~standard"]?.validate === "function";
}

function sentence({ message, path = [] }: StandardSchemaV1.Issue): string {
  const keys = path.map((segment) => (typeof segment === "object" ? segment.key : segment));
  return `params${keys.map(pathStep).join("")}: ${message}`;
}
