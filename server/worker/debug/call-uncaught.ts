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

type NextTick = typeof process.nextTick;

let avoided: NextTick | undefined;

/**
 * While the engine is at work what it leaves for Node's tick queue goes to the queue of promises instead: where Node works its tick queue off,
 * a step past an action's last line would stop in code of Node's own that debuggers know no name of, and so cannot hide.
 */
function avoidTickQueue(): void {
  avoided ??= process.nextTick;
  process.nextTick = (callback: (...args: unknown[]) => void, ...args: unknown[]) => queueMicrotask(() => callback(...args));
}

/** For the author's code everything is as ever. */
function useTickQueue(): void {
  if (avoided) process.nextTick = avoided;
  avoided = undefined;
}
