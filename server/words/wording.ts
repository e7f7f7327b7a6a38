/** Like `vscode.l10n.t` with positional arguments. */
export type Translate = (message: string, ...args: (string | number | boolean)[]) => string;

/** For where nothing is translated: the texts are written in English. */
export const inEnglish: Translate = (message, ...args) => message.replaceAll(/\{(\d+)\}/g, (_, index) => String(args[Number(index)]));

/** English words; moments and numbers as in `locale`. */
export function englishWording(locale = "en"): Wording {
  return { t: inEnglish, locale, now: Date.now() };
}

/** What texts depend on; given, so that they can be made where there is no editor. */
export interface Wording {
  readonly t: Translate;
  /** BCP 47. */
  readonly locale: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** IANA name; default: the machine's own. */
  readonly timeZone?: string;
}
