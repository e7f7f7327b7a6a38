/** The part of JSON Schema used to describe the configuration: each keyword means the same as in JSON Schema. */
export interface ValueSchema {
  readonly type?: "string" | "number" | "array" | "object";
  readonly enum?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
  /** A regular expression that must match somewhere in a string. */
  readonly pattern?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: ValueSchema;
  readonly contains?: ValueSchema;
  readonly additionalProperties?: ValueSchema;
}

type Keyword = keyof ValueSchema;

const KEYWORDS: { readonly [Key in Keyword]: (value: unknown, expected: NonNullable<ValueSchema[Key]>) => boolean } = {
  type: (value, type) => typeOf(value) === type,
  enum: (value, choices) => choices.some((choice) => choice === value),
  // In characters, as counted by JSON Schema.
  minLength: (value, length) => typeof value !== "string" || [...value].length >= length,
  maxLength: (value, length) => typeof value !== "string" || [...value].length <= length,
  pattern: (value, pattern) => typeof value !== "string" || new RegExp(pattern, "u").test(value),
  minimum: (value, minimum) => typeof value !== "number" || value >= minimum,
  exclusiveMinimum: (value, minimum) => typeof value !== "number" || value > minimum,
  minItems: (value, count) => !Array.isArray(value) || value.length >= count,
  maxItems: (value, count) => !Array.isArray(value) || value.length <= count,
  items: (value, schema) => !Array.isArray(value) || value.every((item) => isValid(item, schema)),
  contains: (value, schema) => !Array.isArray(value) || value.some((item) => isValid(item, schema)),
  additionalProperties: (value, schema) =>
    typeOf(value) !== "object" || Object.values(value as object).every((item) => isValid(item, schema)),
};

export function isValid(value: unknown, schema: ValueSchema): boolean {
  return (Object.keys(schema) as Keyword[]).every((keyword) => isMet(keyword, value, schema));
}

function isMet<Key extends Keyword>(keyword: Key, value: unknown, schema: ValueSchema): boolean {
  const expected = schema[keyword];
  return expected === undefined || KEYWORDS[keyword](value, expected as NonNullable<ValueSchema[Key]>);
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
