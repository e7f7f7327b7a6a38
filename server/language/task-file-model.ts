import type { Range } from "./text/position.ts";

/** What can be read in a file without executing it. Plain data. */
export interface TaskFileModel {
  /** Absolute path. */
  readonly file: string;
  /** Every class of the top level, in order, also those that are none of ours. */
  readonly classes: readonly ClassModel[];
  /** Whether the text cannot be understood as a whole: somebody is writing it. */
  readonly isHalfWritten: boolean;
}

export interface ClassModel {
  readonly file: string;
  /** The name it has at run time, by which stored tasks find it; `default` for `export default class {}`. */
  readonly name: string;
  /** `undefined`: descends from none of our base classes, as far as can be told. */
  readonly kind: "task" | "action" | "process" | undefined;
  readonly isAbstract: boolean;
  /** The names its own file exports it by; `default` among them. */
  readonly exportNames: readonly string[];
  /** The class it extends as it is named here, and the file that declares that where it is one of the workspace. */
  readonly superclass?: { readonly name: string; readonly file?: string };
  /** The declaration as a whole, from its first keyword. */
  readonly range: Range;
  readonly nameRange: Range;
  /** Those it declares itself. */
  readonly members: { readonly [Name in MemberName]?: MemberModel };
  /** The classes in its `static actions`, in order. */
  readonly listedActions: readonly ClassReference[];
  /** The classes that its `createActions` and `getNextAction` make by `new`. */
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
  /** What a property is set to: the schedule of `static schedule = …`. */
  readonly valueRange?: Range;
  /** The body of a method, its braces included. */
  readonly bodyRange?: Range;
}

export interface ClassReference {
  /** The name of the class it means, where that is known; else the name that is written. */
  readonly name: string;
  /** The file that declares the class, where that is known. */
  readonly file?: string;
  /** Where it is mentioned. */
  readonly range: Range;
}
