import type { Wording } from "../../words/wording.ts";

/** The runner speaks English; moments and numbers are written as in the client's language. */
export function runnerWording(locale: string): Wording {
  return {
    t: (message, ...args) => message.replaceAll(/\{(\d+)\}/g, (_, index) => String(args[Number(index)])),
    locale,
    now: Date.now(),
  };
}
