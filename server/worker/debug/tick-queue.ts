type NextTick = typeof process.nextTick;

let avoided: NextTick | undefined;

/**
 * While the engine is at work what it leaves for Node's tick queue goes to the queue of promises instead: where Node works its tick queue off,
 * a step past an action's last line would stop in code of Node's own that debuggers know no name of, and so cannot hide.
 */
export function avoidTickQueue(): void {
  avoided ??= process.nextTick;
  process.nextTick = (callback: (...args: unknown[]) => void, ...args: unknown[]) => queueMicrotask(() => callback(...args));
}

/** For the author's code everything is as ever. */
export function useTickQueue(): void {
  if (avoided) process.nextTick = avoided;
  avoided = undefined;
}
