import type { ModuleSyntax } from "../syntax/module-syntax.ts";

/** Whether types may be written in a file. */
export function isTyped({ file }: Pick<ModuleSyntax, "file">): boolean {
  return !/\.[mc]?js$/.test(file);
}
