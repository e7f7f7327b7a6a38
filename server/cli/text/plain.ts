import { stripVTControlCharacters } from "node:util";

/** Sanitizes foreign text for one line: no escape sequences, control characters or line breaks. */
export function oneLine(text: string): string {
  return (
    stripVTControlCharacters(text)
      .replace(/\s+/g, " ")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
      .replace(/[\u0000-\u001f\u007f-\u009f]/g, "")
      .trim()
  );
}

export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}
