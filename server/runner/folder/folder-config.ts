import { ConfigError, readWorkspaceConfig, type WorkspaceConfig } from "../../workspace/index.ts";

/** The configuration of a folder, or what is wrong with it. */
export function tryReadConfig(directory: string): { readonly config?: WorkspaceConfig; readonly error?: ConfigError } {
  try {
    return { config: readWorkspaceConfig(directory) };
  } catch (error) {
    if (error instanceof ConfigError) return { error };
    throw error;
  }
}
