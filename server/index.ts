/**
 * Resumable tasks made of ranked actions, executed in chunks under a time budget.
 *
 * Task files need the classes and schedules; programs that execute tasks themselves need the service and a store besides.
 *
 * @packageDocumentation
 */
export * from "./authoring/index.ts";
export {
  BackgroundTaskExService,
  type ClassDescription,
  type Clock,
  type CreateTaskOptions,
  InputError,
  type Logger,
  type ReportedAction,
  type ReportedActionOutcome,
  type ReportedProcess,
  type ReportedTask,
  type ServiceOptions,
  type TickFilter,
  type TickOutcome,
  type TickReport,
} from "./service/index.ts";
export * from "./store/public.ts";
