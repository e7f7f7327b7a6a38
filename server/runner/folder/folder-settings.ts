/** What a person has set for a folder (section `backgroundTasks`). What is left out is as the folder's configuration file says. */
export interface FolderSettings {
  readonly nodePath?: string;
  readonly include?: readonly string[];
  /** Seconds. */
  readonly maxExecutionTime?: number;
  /** Seconds. */
  readonly grace?: number;
  readonly durability?: "power" | "process";
  readonly autoTick: "off" | "onSchedule" | "onSave";
}

export const DEFAULT_SETTINGS: FolderSettings = { autoTick: "off" };

/** Reads what a client answers; a value that makes no sense counts as not set, as `null` does. */
export function readSettings(value: unknown): FolderSettings {
  if (typeof value !== "object" || value === null) return DEFAULT_SETTINGS;
  const { nodePath, include, maxExecutionTime, grace, durability, autoTick } = value as Record<string, unknown>;
  return {
    ...(typeof nodePath === "string" && nodePath.trim() !== "" && { nodePath: nodePath.trim() }),
    ...(isPatterns(include) && { include }),
    ...(typeof maxExecutionTime === "number" && maxExecutionTime > 0 && { maxExecutionTime }),
    ...(typeof grace === "number" && grace >= 0 && { grace }),
    ...((durability === "power" || durability === "process") && { durability }),
    autoTick: autoTick === "onSchedule" || autoTick === "onSave" ? autoTick : "off",
  };
}

function isPatterns(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((pattern) => typeof pattern === "string" && pattern !== "");
}
