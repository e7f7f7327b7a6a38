import type * as vscode from "vscode";

export interface UntilOptions {
  /** What is waited for, in words for the failure. */
  readonly what: string;
  /** Says, at a failure, what was there instead. */
  readonly actual?: () => unknown;
  /** Milliseconds. */
  readonly timeout?: number;
}

/** Resolves to what `condition` returns once that is something, looking now and after every event. */
export function until<Event, Result>(
  event: vscode.Event<Event>,
  condition: () => Result | undefined | null | false,
  { what, actual, timeout = 30_000 }: UntilOptions,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      clearTimeout(timer);
      subscription.dispose();
      settle();
    };
    const timer = setTimeout(() => {
      const instead = actual ? `; there was ${JSON.stringify(actual(), null, 2)}` : "";
      end(() => reject(new Error(`After ${timeout / 1000} s still waiting for ${what}${instead}`)));
    }, timeout);
    const look = () => {
      try {
        const result = condition();
        if (result !== undefined && result !== null && result !== false) end(() => resolve(result));
      } catch (error) {
        end(() => reject(error));
      }
    };
    const subscription = event(look);
    look();
  });
}

/** Resolves to the next event that is as the test says. */
export function nextEvent<Event>(event: vscode.Event<Event>, isExpected: (event: Event) => boolean, options: UntilOptions): Promise<Event> {
  let found: { readonly value: Event } | undefined;
  const remembering: vscode.Event<Event> = (listener) =>
    event((value) => {
      if (isExpected(value)) found ??= { value };
      listener(value);
    });
  return until(remembering, () => found, options).then(({ value }) => value);
}
