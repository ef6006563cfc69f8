// A press that is held, or one with the other button of the mouse: the second thing that a tile can do.

import type { Attachment } from 'svelte/attachments';

/** Told upwards when a press has become a long one: it is no drag any more. */
export const HELD = 'held';

/** Held for this long, a press is a long one. */
const HOLD_MS = 450;
/** A finger that wanders further means to scroll. */
const STILL_PX = 10;

/**
 * Calls `hold` for a held press, which is then no click any more, and `other` for the other button of the mouse and the
 * menu's key; `hold` for these too where there is nothing else.
 */
export function held(hold: () => void, other = hold): Attachment<HTMLElement> {
  return (node) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let from = { x: 0, y: 0 };
    let done = false;

    const stop = () => {
      clearTimeout(timer);
      timer = undefined;
    };
    const fire = (run: () => void) => {
      stop();
      done = true;
      node.dispatchEvent(new CustomEvent(HELD, { bubbles: true }));
      run();
    };
    const listeners: [keyof HTMLElementEventMap, (event: Event) => void][] = [
      [
        'pointerdown',
        (event) => {
          const { isPrimary, button, clientX, clientY } = event as PointerEvent;
          done = false;
          stop();
          if (!isPrimary || button !== 0) return;
          from = { x: clientX, y: clientY };
          timer = setTimeout(() => {
            fire(hold);
          }, HOLD_MS);
        },
      ],
      [
        'pointermove',
        (event) => {
          const { clientX, clientY } = event as PointerEvent;
          if (Math.hypot(clientX - from.x, clientY - from.y) > STILL_PX) stop();
        },
      ],
      ['pointerup', stop],
      ['pointercancel', stop],
      ['pointerleave', stop],
      [
        'contextmenu',
        (event) => {
          event.preventDefault();
          // Under a finger it is a press that was held, and no other button.
          if (!done) fire((event as PointerEvent).pointerType === 'touch' ? hold : other);
        },
      ],
      [
        'click',
        (event) => {
          // A click of the keyboard has no press before it.
          if (!done || (event as MouseEvent).detail === 0) return;
          done = false;
          event.preventDefault();
          event.stopImmediatePropagation();
        },
      ],
    ];
    for (const [name, listener] of listeners) node.addEventListener(name, listener, { capture: true });
    return () => {
      stop();
      for (const [name, listener] of listeners) node.removeEventListener(name, listener, { capture: true });
    };
  };
}
