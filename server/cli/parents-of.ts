import { dirname } from "node:path";

/** The directories above, nearest first. */
export function parentsOf(directory: string): string[] {
  const parent = dirname(directory);
  return parent === directory ? [] : [parent, ...parentsOf(parent)];
}
