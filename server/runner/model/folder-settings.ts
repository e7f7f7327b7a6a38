import { CHECK_SEVERITIES, type CheckSeverity, isInclude } from "../../workspace/index.ts";

/** User settings of a folder (section `backgroundTasks`). The folder's configuration file applies to omitted ones. */
export interface FolderSettings {
  readonly nodePath?: string;
  readonly include?: readonly string[];
  /** Seconds. */
  readonly maxExecutionTime?: number;
  /** Seconds. */
  readonly grace?: number;
  readonly durability?: "power" | "process";
  readonly autoTick: "off" | "onSchedule" | "onSave";
  /** Severities of findings, by the code of the check. */
  readonly checks?: Readonly<Record<string, CheckSeverity>>;
}

export const DEFAULT_SETTINGS: FolderSettings = { autoTick: "off" };

/** Parses a client's answer; invalid values and `null` count as not set. */
export function readSettings(value: unknown): FolderSettings {
  if (typeof value !== "object" || value === null) return DEFAULT_SETTINGS;
  const { nodePath, include, maxExecutionTime, grace, durability, autoTick, checks } = value as Record<string, unknown>;
  return {
    ...(typeof nodePath === "string" && nodePath.trim() !== "" && { nodePath: nodePath.trim() }),
    ...(isInclude(include) && { include }),
    ...(typeof maxExecutionTime === "number" && maxExecutionTime > 0 && { maxExecutionTime }),
    ...(typeof grace === "number" && grace >= 0 && { grace }),
    ...((durability === "power" || durability === "process") && { durability }),
    ...severities(checks),
    autoTick: autoTick === "onSchedule" || autoTick === "onSave" ? autoTick : "off",
  };
}

/** The configuration file applies to a check that is `null`. */
function severities(value: unknown): Pick<FolderSettings, "checks"> {
  if (typeof value !== "object" || value === null) return {};
  const set = Object.entries(value).filter(([, severity]) => CHECK_SEVERITIES.includes(severity));
  return set.length > 0 ? { checks: Object.fromEntries(set) } : {};
}
