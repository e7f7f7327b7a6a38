import type { Translate } from "../../server/words/wording.ts";
import backUpFiles from "../templates/back-up-files.task.ts?text" with { type: "text" };
import compressFiles from "../templates/compress-files.task.ts?text" with { type: "text" };
import fetchItems from "../templates/fetch-items.task.ts?text" with { type: "text" };
import reportFiles from "../templates/report-files.task.ts?text" with { type: "text" };

/** A template of a task file. It runs unchanged, in an empty folder and without a network. */
export interface Template {
  readonly id: "chunkedFiles" | "pagedApi" | "pipeline" | "scheduled";
  readonly label: string;
  readonly detail: string;
  /** Proposed name of the file, without its ending. */
  readonly name: string;
  /** Name of the task class, with which the names of its action classes begin. Replaced by the name of the new class. */
  readonly className: string;
  readonly text: string;
  /** Proposed params of the first task, equal to the template's defaults. */
  readonly params: Readonly<Record<string, string | number>>;
}

export function templates(t: Translate): readonly Template[] {
  return [
    {
      id: "chunkedFiles",
      label: t("Chunked Files"),
      detail: t(
        "Processes the files of a folder in chunks, continues where the last tick stopped, and uses smaller chunks after a failure.",
      ),
      name: "compress-files",
      className: "CompressFiles",
      text: compressFiles,
      params: { from: ".", to: "compressed" },
    },
    {
      id: "pagedApi",
      label: t("Paged API"),
      detail: t("Fetches a web service page by page, saves each page, and waits longer after each failure."),
      name: "fetch-items",
      className: "FetchItems",
      text: fetchItems,
      params: { api: "", to: "items" },
    },
    {
      id: "pipeline",
      label: t("Pipeline"),
      detail: t("Runs three actions in order that pass on their results through the task."),
      name: "report-files",
      className: "ReportFiles",
      text: reportFiles,
      params: { folder: ".", report: "report.md" },
    },
    {
      id: "scheduled",
      label: t("Scheduled"),
      detail: t("Runs every night: backs up the files of a folder and deletes old backups."),
      name: "back-up-files",
      className: "BackUpFiles",
      text: backUpFiles,
      params: { from: ".", to: "backups", keep: 7 },
    },
  ];
}

/**
 * Returns the text of a new task file.
 *
 * @param namesNodeTypes true if the file itself has to reference the types of Node's modules, because no configuration does.
 */
export function fillTemplate({ text, className }: Template, newClassName: string, namesNodeTypes = false): string {
  return (namesNodeTypes ? '/// <reference types="node" />\n' : "") + text.replaceAll(className, newClassName);
}

/** Returns the classes that the new task file exports, including its task class. */
export function classNamesOf(template: Template, newClassName: string): readonly string[] {
  return [...fillTemplate(template, newClassName).matchAll(/^export class (\S+)/gm)].map(([, name]) => name as string);
}

/** True if the template already uses the name of the new class for an import, a type or a global. */
export function isTaken({ text, className }: Template, newClassName: string): boolean {
  const others = text.replaceAll(new RegExp(`${className}\\w*`, "g"), "");
  return new RegExp(`(?<![\\p{L}\\p{N}_$])${newClassName}(?![\\p{L}\\p{N}_$])`, "u").test(others);
}
