/** Milliseconds between two checks. */
const LOOK_EVERY = 500;

/** Calls back when the process is gone; for clients whose end does not close the connection, because another process holds it open. */
export function watchParent(processId: number, onGone: () => void): () => void {
  const timer = setInterval(() => {
    if (isRunning(processId)) return;
    clearInterval(timer);
    onGone();
  }, LOOK_EVERY).unref();
  return () => clearInterval(timer);
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
