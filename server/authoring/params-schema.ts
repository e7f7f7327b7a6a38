/** The part used here of a [Standard Schema](https://standardschema.dev), version 1, such as one from zod, valibot or arktype. */
export interface ParamsSchema<Input = unknown, Output = unknown> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => unknown;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

/** Params of this class as passed to `create`: the input of its schema, which may omit what the schema fills in. */
export type SchemaInput<Class, Otherwise> = Class extends { readonly params: ParamsSchema<infer Input> }
  ? Known<Input, Otherwise>
  : Otherwise;

/** Params as stored: the output of the schema. */
export type SchemaOutput<Class, Otherwise> = Class extends { readonly params: ParamsSchema<infer _Input, infer Output> }
  ? Known<Output, Otherwise>
  : Otherwise;

/** Falls back to `Otherwise` because a schema need not declare its types. */
type Known<Type, Otherwise> = unknown extends Type ? Otherwise : Type;
