import type { Unanalysed } from "./syntax/unanalysed.ts";
import type { Range } from "./text/position.ts";

/** What can be read in a file without executing it. Plain data. */
export interface TaskFileModel {
  /** Absolute path. */
  readonly file: string;
  /** Every top-level class, in order, including those that do not extend our base classes. */
  readonly classes: readonly ClassModel[];
  /** True if the text cannot be parsed as a whole, because it is being written. */
  readonly isHalfWritten: boolean;
  /** If it is there, nothing is known of the file. */
  readonly unanalysed?: Unanalysed;
}

export interface ClassModel {
  readonly file: string;
  /** Its name at run time, by which stored tasks find it; `default` for `export default class {}`. */
  readonly name: string;
  /** `undefined`: it does not extend one of our base classes, as far as can be seen. */
  readonly kind: "task" | "action" | "process" | undefined;
  readonly isAbstract: boolean;
  /** The names under which its own file exports it, including `default`. */
  readonly exportNames: readonly string[];
  /** Its superclass by its local name, and the file that declares it if it is in the workspace. */
  readonly superclass?: { readonly name: string; readonly file?: string };
  /** The whole declaration, starting at its first keyword. */
  readonly range: Range;
  readonly nameRange: Range;
  /** The members it declares itself. */
  readonly members: { readonly [Name in MemberName]?: MemberModel };
  /** The classes in its `static actions`, in order. */
  readonly listedActions: readonly ClassReference[];
  /** The classes that its `createActions` and `getNextAction` construct with `new`. */
  readonly createdActions: readonly ClassReference[];
}

export const STATIC_MEMBER_NAMES = [
  "schedule",
  "scheduledParams",
  "params",
  "actions",
  "onActionFailed",
  "maxAttempts",
  "retryDelay",
  "attemptTimeout",
  "maxIdlePauses",
] as const;

export const METHOD_NAMES = [
  "createActions",
  "getNextAction",
  "initActionParams",
  "changeActionParamsOnError",
  "executeAction",
  "getNextOccurrence",
  "process",
] as const;

/** Members of the authoring API. */
export type MemberName = (typeof STATIC_MEMBER_NAMES)[number] | (typeof METHOD_NAMES)[number];

export interface MemberModel {
  readonly range: Range;
  readonly nameRange: Range;
  /** The value of a property: the schedule in `static schedule = …`. */
  readonly valueRange?: Range;
  /** The body of a method, including its braces. */
  readonly bodyRange?: Range;
}

export interface ClassReference {
  /** The name of the class it refers to, if known; otherwise the name in the text. */
  readonly name: string;
  /** The file that declares the class, if known. */
  readonly file?: string;
  /** The position of the reference. */
  readonly range: Range;
}
