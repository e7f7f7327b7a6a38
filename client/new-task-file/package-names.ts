export const ENGINE_PACKAGE = "background-task-ex";
export const NODE_TYPES = "@types/node";

/** What a task file needs to be run and checked. */
export type PackageName = typeof ENGINE_PACKAGE | typeof NODE_TYPES;

/** Versions that fit this extension, exact. */
export type PackageVersions = Readonly<Record<PackageName, string>>;
