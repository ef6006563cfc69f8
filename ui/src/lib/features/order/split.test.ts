import { describe, expect, it } from 'vitest';
import { seatsOf, Split } from './split.svelte';
import { lineView, orderView } from './testing';

const two = lineView('a', { quantity: 2, total_minor: 2_000 });
const lines = [two, lineView('b', { total_minor: 5_000 }), lineView('c', { total_minor: 0, voided: true })];
const view = orderView({ lines, total_minor: 7_000 });

describe('a bill that is split', () => {
  it('has every line in one of both parts, and their amounts are the whole', () => {
    const split = new Split(view.id, 'apart');
    split.toggle('a');
    const parts = split.partsOf(view);
    expect(parts.going.map((line) => line.id)).toEqual(['a']);
    expect(parts.staying.map((line) => line.id)).toEqual(['b']);
    expect([parts.units, parts.goingMinor, parts.stayingMinor]).toEqual([2, 2_000, 5_000]);
  });

  it('needs a line that goes, and for a bill of its own one that stays', () => {
    const [apart, elsewhere] = [new Split(view.id, 'apart'), new Split(view.id, 'elsewhere')];
    expect([apart.ready(view), elsewhere.ready(view)]).toEqual([false, false]);
    for (const split of [apart, elsewhere]) split.toggle('a');
    expect([apart.ready(view), elsewhere.ready(view)]).toEqual([true, true]);
    for (const split of [apart, elsewhere]) split.toggle('b');
    expect([apart.ready(view), elsewhere.ready(view)]).toEqual([false, true]);
  });

  it('takes all of a guest in one tap, and puts it back in another', () => {
    const seated = orderView({
      lines: [
        lineView('a', { seat: 2 }),
        lineView('b'),
        lineView('c', { seat: 2 }),
        lineView('d', { seat: 1 }),
        lineView('e', { seat: 2, voided: true }),
      ],
    });
    expect(seatsOf(seated.lines)).toEqual([1, 2]);
    const split = new Split(seated.id, 'apart');
    split.toggle('a');
    expect(split.hasSeat(seated, 2)).toBe(false);
    split.toggleSeat(seated, 2);
    expect(split.partsOf(seated).going.map((line) => line.id)).toEqual(['a', 'c']);
    expect([split.hasSeat(seated, 2), split.hasSeat(seated, 1), split.hasSeat(seated, 7)]).toEqual([
      true,
      false,
      false,
    ]);
    split.toggleSeat(seated, 2);
    expect(split.partsOf(seated).going).toEqual([]);
  });

  it('takes a combo along with what was chosen for it, which is one thing to a guest', () => {
    const combo = orderView({
      total_minor: 9_000,
      lines: [
        lineView('combo', { quantity: 2, total_minor: 6_000 }),
        lineView('soup', { quantity: 2, total_minor: 0, combo_line_id: 'combo' }),
        lineView('drink', { quantity: 2, total_minor: 500, combo_line_id: 'combo' }),
        lineView('b', { total_minor: 2_500 }),
      ],
    });
    const split = new Split(combo.id, 'apart');
    split.toggle('combo');
    const parts = split.partsOf(combo);
    expect(parts.going.map((line) => line.id)).toEqual(['combo', 'soup', 'drink']);
    expect([parts.units, parts.goingMinor, parts.stayingMinor]).toEqual([2, 6_500, 2_500]);
    split.toggle('b');
    expect(split.ready(combo)).toBe(false);
  });

  it('takes some units of a line, and the others stay', () => {
    const split = new Split(view.id, 'apart');
    split.toggle('a');
    split.setUnits(two, 1);
    const parts = split.partsOf(view);
    expect([parts.units, parts.goingMinor, parts.stayingMinor]).toEqual([1, 1_000, 6_000]);
    expect(parts.staying.map(({ id, quantity }) => [id, quantity])).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
    expect(split.goingOf(view)).toEqual([{ id: 'a', units: 1 }]);
    const fewer = { ...view, lines: lines.map((line) => ({ ...line, quantity: 1 })) };
    expect(split.goingOf(fewer), 'of one that is left, that one').toEqual([{ id: 'a', units: null }]);
    split.setUnits(two, 2);
    expect(split.goingOf(view)).toEqual([{ id: 'a', units: null }]);
    split.setUnits(two, 0);
    expect(split.ready(view), 'none of it is chosen no longer').toBe(false);
  });

  it('takes parts of combos along by the unit', () => {
    const combo = orderView({
      total_minor: 6_500,
      lines: [
        lineView('combo', { quantity: 2, total_minor: 6_000 }),
        lineView('drink', { quantity: 2, total_minor: 500, combo_line_id: 'combo' }),
      ],
    });
    const split = new Split(combo.id, 'apart');
    split.toggle('combo');
    split.setUnits({ id: 'combo', quantity: 2 }, 1);
    const parts = split.partsOf(combo);
    expect([parts.goingMinor, parts.stayingMinor, parts.units]).toEqual([3_250, 3_250, 1]);
    expect(split.ready(combo)).toBe(true);
    expect(split.goingOf(combo)).toEqual([{ id: 'combo', units: 1 }]);
  });

  it('forgets what was taken back meanwhile', () => {
    const split = new Split(view.id, 'apart');
    split.toggle('b');
    const now = { ...view, lines: lines.map((line) => ({ ...line, voided: line.id !== 'a' })) };
    expect(split.partsOf(now).going).toEqual([]);
    expect(split.ready(now)).toBe(false);
  });
});
