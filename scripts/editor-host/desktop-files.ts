// What scripts/desktop.mjs needs of the tests' own code, which is TypeScript.
export { WorkspaceFolder } from "../../test/editor/support/workspace-folder.ts";
export { DataDirectory } from "./data-directory.ts";
