// Something is dragged onto something else, by mouse, pen or finger. A press that does not wander stays a tap.

import type { Attachment } from 'svelte/attachments';
import { HELD } from './press';

/** A press that wanders further than this is a drag. */
const DRAG_PX = 12;

export type Point = { x: number; y: number };

export interface Drags {
  /** What begins to move where the press began; nothing moves when it says no. */
  canStart: (id: string) => boolean;
  /** Where it is, and over what; `over` is none between places. */
  move: (id: string, over: string | null, at: Point) => void;
  drop: (id: string, over: string | null) => void;
  /** It goes back: Escape, or the press was taken away. */
  cancel: () => void;
}

/** The id of the place under a point, as its `data-place`. */
function placeAt(target: Element | null): string | null {
  return target?.closest<HTMLElement>('[data-place]')?.dataset.place ?? null;
}

/** On the element that holds all places, each marked with `data-place`. */
export function dragging(drags: Drags): Attachment<HTMLElement> {
  return (node) => {
    let pressed: { id: string; pointer: number; from: Point } | null = null;
    let under = false;
    let swallow = false;

    const end = () => {
      pressed = null;
      under = false;
    };
    const cancel = () => {
      if (under) drags.cancel();
      end();
    };
    const gone = (event: PointerEvent) => {
      if (pressed?.pointer === event.pointerId) cancel();
    };
    const over = (event: PointerEvent) => placeAt(document.elementFromPoint(event.clientX, event.clientY));

    const down = (event: PointerEvent) => {
      swallow = false;
      const id = placeAt(event.target as Element | null);
      if (pressed !== null || !event.isPrimary || event.button !== 0) return;
      if (id === null || !drags.canStart(id)) return;
      pressed = { id, pointer: event.pointerId, from: { x: event.clientX, y: event.clientY } };
    };
    const move = (event: PointerEvent) => {
      // Let go where nobody heard of it.
      if (event.buttons === 0) gone(event);
      if (pressed?.pointer !== event.pointerId) return;
      const at = { x: event.clientX, y: event.clientY };
      if (!under && Math.hypot(at.x - pressed.from.x, at.y - pressed.from.y) < DRAG_PX) return;
      if (!under) node.setPointerCapture(event.pointerId);
      under = true;
      swallow = true;
      drags.move(pressed.id, over(event), at);
    };
    const up = (event: PointerEvent) => {
      if (pressed?.pointer !== event.pointerId) return;
      const { id } = pressed;
      const dragged = under;
      end();
      if (dragged) drags.drop(id, over(event));
    };
    // The click that ends a drag opens nothing.
    const click = (event: MouseEvent) => {
      if (!swallow) return;
      swallow = false;
      event.preventDefault();
      event.stopPropagation();
    };
    const key = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !under) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      cancel();
    };

    const listening = new AbortController();
    const { signal } = listening;
    node.addEventListener('pointerdown', down, { signal });
    node.addEventListener('pointermove', move, { signal });
    // A press may end over a sheet that it brought up.
    window.addEventListener('pointerup', up, { signal });
    window.addEventListener('pointercancel', gone, { signal });
    node.addEventListener(HELD, end, { signal });
    node.addEventListener('click', click, { capture: true, signal });
    window.addEventListener('keydown', key, { capture: true, signal });
    return () => {
      cancel();
      listening.abort();
    };
  };
}
