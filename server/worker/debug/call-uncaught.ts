/**
 * Calls one of the author's methods so that its errors look uncaught to a debugger, which then stops at the throw. V8 decides that at the
 * throw, based on what waits for the promises: the call therefore starts a macrotask, everything between is awaits, and the rejection is
 * only handled once the error is under way.
 */
export function callUncaught<Answer>(call: () => Answer | Promise<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    setImmediate(() => {
      const answered = ask();

      async function ask(): Promise<void> {
        let hasAnswered = false;
        try {
          useTickQueue();
          const answer = await call();
          hasAnswered = true;
          resolve(answer);
        } finally {
          avoidTickQueue();
          // Not `catch`, which the debugger would see. In a microtask, because a synchronous throw happens before there is a promise.
          if (!hasAnswered) queueMicrotask(() => answered.catch(reject));
        }
      }
    });
  });
}

type NextTick = typeof process.nextTick;

let avoided: NextTick | undefined;

/**
 * While the engine is working, moves its work from Node's tick queue to the promise queue: a step past an action's last line would
 * otherwise stop in Node's own code that processes the tick queue, which has no name that debuggers know and so cannot be hidden.
 */
function avoidTickQueue(): void {
  avoided ??= process.nextTick;
  process.nextTick = (callback: (...args: unknown[]) => void, ...args: unknown[]) => queueMicrotask(() => callback(...args));
}

/** Restores the normal behaviour for the author's code. */
function useTickQueue(): void {
  if (avoided) process.nextTick = avoided;
  avoided = undefined;
}
