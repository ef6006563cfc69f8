// One reading at a time: whoever calls while one is under way has it read once more, however many they are.

/** Runs `run`; calls that come meanwhile become one more run, and are not waited for. */
export function coalesced(run: () => Promise<void>): () => Promise<void> {
  let running = false;
  let again = false;
  return async () => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    try {
      do {
        again = false;
        await run();
      } while (again);
    } finally {
      running = false;
    }
  };
}
