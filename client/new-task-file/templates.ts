import type { Translate } from "../../server/words/wording.ts";
import backUpFiles from "../templates/back-up-files.task.ts?text" with { type: "text" };
import compressFiles from "../templates/compress-files.task.ts?text" with { type: "text" };
import fetchItems from "../templates/fetch-items.task.ts?text" with { type: "text" };
import reportFiles from "../templates/report-files.task.ts?text" with { type: "text" };

/** A task file to begin with. It runs as it is, in an empty folder and without a network. */
export interface Template {
  readonly id: "chunkedFiles" | "pagedApi" | "pipeline" | "scheduled";
  readonly label: string;
  readonly detail: string;
  /** Proposed for the file, without its ending. */
  readonly name: string;
  /** Of its task class; the names of its action classes begin with it. Replaced by the name of the new class. */
  readonly className: string;
  readonly text: string;
  /** Proposed for the first task. They are what the template takes where nothing is given. */
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
 * The text of a new task file.
 *
 * @param namesNodeTypes whether the file itself has to ask for the types of Node's modules, because no configuration does.
 */
export function fillTemplate({ text, className }: Template, newClassName: string, namesNodeTypes = false): string {
  return (namesNodeTypes ? '/// <reference types="node" />\n' : "") + text.replaceAll(className, newClassName);
}

/** Classes that the new task file exports, its task class among them. */
export function classNamesOf(template: Template, newClassName: string): readonly string[] {
  return [...fillTemplate(template, newClassName).matchAll(/^export class (\S+)/gm)].map(([, name]) => name as string);
}

/** Whether a name for the new class already means something else in the template: an import, a type, a global. */
export function isTaken({ text, className }: Template, newClassName: string): boolean {
  const others = text.replaceAll(new RegExp(`${className}\\w*`, "g"), "");
  return new RegExp(`(?<![\\p{L}\\p{N}_$])${newClassName}(?![\\p{L}\\p{N}_$])`, "u").test(others);
}
