// Import this dynamically: it loads the parser, which most processes never need.

export type { Check, Finding, Fix, Severity } from "./checks/check.ts";
export { checkFile, checking, checkWorkspace, isBeingWritten } from "./checks/check-files.ts";
export { NOT_ANALYSED } from "./checks/not-analysed.ts";
export { CHECKS } from "./checks/registry.ts";
export { docsOf, type Severities, withSeverities } from "./checks/severities.ts";
export { addAction, addFirstAction, isWithoutActions } from "./edits/add-action.ts";
export { fixAll } from "./edits/fix-all.ts";
export { ignoreFinding } from "./edits/ignore-finding.ts";
export { implementRecovery } from "./edits/implement-recovery.ts";
export type { ClassModel, ClassReference, MemberModel, MemberName, TaskFileModel } from "./task-file-model.ts";
export type { Position, Range } from "./text/position.ts";
export type { FileEdit, TextEdit } from "./text/text-edit.ts";
export { type ClassInFile, stopsOnFailure, type WrittenRetry, writtenRetryOf, writtenScheduleOf } from "./values/written-policy.ts";
export type { WrittenSchedule } from "./values/written-schedule.ts";
export type { ClassIndex, Export } from "./workspace/class-index.ts";
export { DiskSources } from "./workspace/disk-sources.ts";
export type { SourceHost } from "./workspace/source-host.ts";
export { SourceModel } from "./workspace/source-model.ts";
export { actionsOf, isSameClass, type TaskActions } from "./workspace/task-actions.ts";
