/**
 * A journey is one story in steps: a step after a broken one cannot tell anything, so it fails at once
 * instead of waiting for what never comes.
 */
import { it } from 'node:test';

/** A new story; its steps are declared with the function returned, in their order. */
export function journey() {
  let broken = '';
  return (/** @type {string} */ name, /** @type {() => Promise<void>} */ step) => {
    it(name, async () => {
      if (broken) throw new Error(`the step «${broken}» before this one failed`);
      try {
        await step();
      } catch (error) {
        broken = name;
        throw error;
      }
    });
  };
}
