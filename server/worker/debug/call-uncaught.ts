import { avoidTickQueue, useTickQueue } from "./tick-queue.ts";

/**
 * Calls one of the author's methods so that a debugger takes what it throws for uncaught, and stops where it is thrown. V8 decides that at
 * the throw, by who waits for the promises: so the call begins a macrotask of its own, everything between is awaits, and the one who takes
 * the rejection comes to it only once the error is on its way.
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
          // Not `catch`, which the debugger would see. In a microtask, because what throws at once does so before there is a promise.
          if (!hasAnswered) queueMicrotask(() => answered.catch(reject));
        }
      }
    });
  });
}
