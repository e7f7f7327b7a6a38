/** A part of a description: the shown text, and the text for screen readers if it differs. */
export interface Part {
  readonly shown: string;
  readonly spoken?: string;
}

export type Parts = readonly (Part | string | undefined | false)[];

export function shownParts(parts: Parts): string {
  return existing(parts)
    .map((part) => part.shown)
    .join(" · ");
}

export function spokenParts(parts: Parts): string {
  return existing(parts)
    .map((part) => part.spoken ?? part.shown)
    .join(", ");
}

function existing(parts: Parts): Part[] {
  return parts
    .filter((part) => part !== undefined && part !== false)
    .map((part) => (typeof part === "string" ? { shown: part } : part))
    .filter(({ shown }) => shown !== "");
}
