/**
 * A [Standard Schema](https://standardschema.dev), version 1, as zod, valibot, arktype and others make them: what of it is used here.
 */
export interface ParamsSchema<Input = unknown, Output = unknown> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => unknown;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

/** What params of this class may be given as: its schema's input, which may leave out what the schema completes. */
export type SchemaInput<Class, Otherwise> = Class extends { readonly params: ParamsSchema<infer Input> }
  ? Known<Input, Otherwise>
  : Otherwise;

/** What params become: its schema's output. */
export type SchemaOutput<Class, Otherwise> = Class extends { readonly params: ParamsSchema<infer _Input, infer Output> }
  ? Known<Output, Otherwise>
  : Otherwise;

/** A schema need not tell its types. */
type Known<Type, Otherwise> = unknown extends Type ? Otherwise : Type;
