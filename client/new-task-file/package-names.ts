export const ENGINE_PACKAGE = "background-task-ex";
export const NODE_TYPES = "@types/node";

/** Name of a package that task files need to run and to be checked. */
export type PackageName = typeof ENGINE_PACKAGE | typeof NODE_TYPES;

/** Exact versions that match this extension. */
export type PackageVersions = Readonly<Record<PackageName, string>>;
