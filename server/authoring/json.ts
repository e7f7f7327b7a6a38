/** Any value that JSON can represent. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * `Params` itself if JSON can represent it, otherwise a type that `Params` is not assignable to. A mapped type, so that it may constrain
 * the parameter it describes (`Params extends JsonParams<Params>`); a conditional type would be circular there.
 */
export type JsonParams<Params> = { [Key in keyof Params]: JsonValue<Params[Key]> };

declare const ADVICE: unique symbol;

/** Appears in compile errors in place of a param type that JSON cannot represent, and says what to use instead. No value has this type. */
export interface JsonCannotHold<What extends string> {
  readonly [ADVICE]: What;
}

// biome-ignore lint/suspicious/noExplicitAny: only `any` matches every function type, whatever its parameters.
type Callable = ((...args: any) => unknown) | (abstract new (...args: any) => unknown);

/** `Value` itself if JSON can represent it, otherwise a type that it is not assignable to and that says why. `any` is accepted. */
export type JsonValue<Value> = IsAny<Value> extends true ? Value : Value extends Json | undefined ? Value : CheckedObject<Value>;

type IsAny<Value> = 0 extends 1 & Value ? true : false;

/** Checks types that are not plainly JSON: interfaces, optional properties, and everything JSON cannot represent. */
type CheckedObject<Value> = Value extends bigint
  ? JsonCannotHold<"a bigint: use a string">
  : Value extends symbol
    ? JsonCannotHold<"a symbol: use a string">
    : Value extends Callable
      ? JsonCannotHold<"a function: move it to a method of the class">
      : Value extends Date
        ? JsonCannotHold<"a Date: use an ISO string">
        : Value extends ReadonlyMap<unknown, unknown>
          ? JsonCannotHold<"a Map: use a Record or an array of entries">
          : Value extends ReadonlySet<unknown>
            ? JsonCannotHold<"a Set: use an array">
            : Value extends ArrayBufferView | ArrayBuffer
              ? JsonCannotHold<"binary data: use a base64 string or the path of a file">
              : Value extends RegExp
                ? JsonCannotHold<"a RegExp: use its source as a string">
                : Value extends PromiseLike<unknown>
                  ? JsonCannotHold<"a promise: await it">
                  : Value extends readonly unknown[]
                    ? CheckedArray<Value>
                    : Value extends object
                      ? { [Key in keyof Value]: JsonValue<Value[Key]> }
                      : JsonCannotHold<"unknown: use a more specific type, or Json">;

type CheckedArray<Value extends readonly unknown[]> =
  HasUndefined<Value> extends true ? JsonCannotHold<"undefined in an array: use null"> : { [Key in keyof Value]: JsonValue<Value[Key]> };

/**
 * Ignores tuples, whose optional elements may be omitted; `any` and `unknown`, which include every type; and code without strictNullChecks,
 * where every type includes undefined.
 */
type HasUndefined<Value extends readonly unknown[]> = number extends Value["length"]
  ? unknown extends Value[number] | (undefined extends string ? unknown : never)
    ? false
    : undefined extends Value[number]
      ? true
      : false
  : false;
