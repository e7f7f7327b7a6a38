import type * as ts from "typescript";
import type { ModuleSyntax } from "../syntax/module-syntax.ts";
import { PACKAGE } from "../workspace/class-family.ts";
import { expressionMeaning } from "../workspace/expression-meaning.ts";
import type { Modules } from "../workspace/modules.ts";
import { staticValue } from "./static-value.ts";

/** A call of a function of our package with literal arguments. */
export interface PackageCall {
  readonly name: string;
  readonly args: readonly unknown[];
}

/** `undefined` for other calls, and if only executing the file shows the arguments. */
export function packageCall(modules: Modules, module: ModuleSyntax, call: ts.CallExpression): PackageCall | undefined {
  const meaning = expressionMeaning(modules, module, call.expression);
  if (meaning?.kind !== "package" || meaning.specifier !== PACKAGE) return undefined;
  const args = call.arguments.map((argument) => staticValue(modules, module, argument));
  return args.some((argument) => argument === undefined)
    ? undefined
    : { name: meaning.name, args: args.map((argument) => argument?.value) };
}
