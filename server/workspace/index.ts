export { ConfigError } from "./config-error.ts";
export { CHECK_SEVERITIES, type CheckSeverity, isInclude, type WorkspaceConfig } from "./config-rules.ts";
export { findTaskFiles, hasTaskFile } from "./find-task-files.ts";
export { type FileImports, ImportGraph } from "./import-graph.ts";
export { patternsWithoutFile } from "./patterns-without-file.ts";
export { cacheDirectory, cacheOf, STORE_DIRECTORY_NAME, storeDirectory } from "./store-directory.ts";
export { DEFAULT_INCLUDE, NEVER_SEARCHED, TASK_FILE_ENDINGS } from "./task-file-patterns.ts";
export { TaskFileWatch } from "./task-file-watch.ts";
export { CONFIG_FILE_NAME, readWorkspaceConfig } from "./workspace-config.ts";
