// Answering a product's questions with the keyboard: the arrow keys go from answer to answer, over the groups'
// borders, and an answer leads to the next question that needs one, and at last to the end.

import { tick } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import { on } from 'svelte/events';

const ANSWERS = ':is(.chip, .option):not(:disabled)';
const STEPS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

function move(form: HTMLElement, event: KeyboardEvent): void {
  const step = STEPS[event.key];
  const chips = [...form.querySelectorAll<HTMLElement>(ANSWERS)];
  const at = chips.findIndex((chip) => chip === event.target);
  if (step === undefined || at < 0) return;
  event.preventDefault();
  chips[at + step]?.focus();
}

async function onward(form: HTMLElement, event: MouseEvent): Promise<void> {
  const asked = event.target instanceof HTMLElement ? event.target.closest('[data-forced]') : null;
  // A finger needs no leading.
  if (event.detail !== 0 || asked === null) return;
  await tick();
  if (asked.hasAttribute('data-missing')) return;
  const next =
    form.querySelector<HTMLElement>(`[data-missing] ${ANSWERS}`) ??
    form.closest('dialog')?.querySelector<HTMLElement>('[data-done]');
  next?.focus();
}

/** To be attached to the form: groups that must be answered have `data-forced`, and `data-missing` until they are. */
export const answersByKey: Attachment<HTMLElement> = (form) => {
  const stops = [
    on(form, 'keydown', (event) => {
      move(form, event);
    }),
    // After the answer itself has heard the click.
    on(form, 'click', (event) => void onward(form, event)),
  ];
  return () => {
    for (const stop of stops) stop();
  };
};
