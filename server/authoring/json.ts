/** Any value JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * `Params` itself when JSON can hold it, else a type nothing is assignable to. A mapped type, so that it may constrain the very
 * parameter it describes (`Params extends JsonParams<Params>`); a conditional type would be circular there.
 */
export type JsonParams<Params> = { [Key in keyof Params]: JsonValue<Params[Key]> };

// biome-ignore lint/suspicious/noExplicitAny: only `any` matches every function type, whatever its parameters.
type NotJson = ((...args: any) => unknown) | (abstract new (...args: any) => unknown) | bigint | symbol;

export type JsonValue<Value> = Value extends string | number | boolean | null | undefined
  ? Value
  : Value extends NotJson
    ? never
    : Value extends object
      ? { [Key in keyof Value]: JsonValue<Value[Key]> }
      : never;
