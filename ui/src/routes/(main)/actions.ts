// What each key of the main window does.

import { goto } from '$app/navigation';
import type { Action } from './keys';
import type { Workspace } from './workspace.svelte';

interface Around {
  readonly openKitchen: () => void;
  readonly lock: () => void;
  /** The search field, once it is there. */
  readonly search: () => HTMLInputElement | null;
}

export function actionsOf(
  work: Workspace,
  { openKitchen, lock, search }: Around,
): Record<Action, () => void> {
  return {
    help: () => {
      work.keysOpen = true;
    },
    tables: () => void goto('/'),
    takeAway: () => void goto('/take-away'),
    kitchen: openKitchen,
    queue: () => {
      work.queueOpen = !work.queueOpen;
    },
    send: () => void work.send(),
    lock,
    more: () => {
      work.step(1);
    },
    less: () => {
      work.step(-1);
    },
    count: () => {
      if (work.lineInHand) work.countLine(work.lineInHand);
    },
    edit: () => {
      if (work.lineInHand) work.edit(work.lineInHand);
    },
    remove: () => {
      if (work.lineInHand) work.remove(work.lineInHand);
    },
    orderMenu: () => {
      work.hands.openMenu();
    },
    fire: () => void work.fireNext(),
    course: () => {
      work.stepPlace('course');
    },
    seat: () => {
      work.stepPlace('seat');
    },
    back: () => {
      search()?.blur();
      work.back();
    },
    search: () => {
      // The letter itself lands in the field that has just got the focus.
      work.seek();
      search()?.focus();
    },
  };
}
