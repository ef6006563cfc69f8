// One reading at a time: whoever calls while one is under way has it read once more, however many they are.

/**
 * Runs `run`; calls that come meanwhile become one more run. Each call ends with a run that began after it, so that
 * what was so before the call is in what was read.
 */
export function coalesced(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const start = (): Promise<void> => {
    running = run().finally(() => {
      running = null;
    });
    return running;
  };
  return () => {
    if (next) return next;
    if (!running) return start();
    next = running
      .catch(() => undefined)
      .then(() => {
        next = null;
        return start();
      });
    return next;
  };
}
