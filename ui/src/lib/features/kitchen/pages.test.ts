// The board says how many tickets stand on other pages, and never shows a page that is no longer there.
import { describe, expect, it } from 'vitest';
import { Pages } from './pages.svelte';

const laid = (...pages: number[]) => pages.map((page, at) => ({ id: `t${String(at)}`, page, last: page }));

function opened(total: number, ...on: number[]): Pages {
  const pages = new Pages();
  pages.lay(laid(...on), total);
  return pages;
}

describe('the pages of the board', () => {
  it('is one when nothing is there', () => {
    const pages = new Pages();
    expect([pages.page, pages.visible, pages.earlier, pages.later]).toEqual([0, [], 0, 0]);
  });

  it('counts what stands before and after', () => {
    const pages = opened(6, 0, 0, 1, 1, 1, 2);
    expect([pages.earlier, pages.later, pages.visible]).toEqual([0, 4, ['t0', 't1']]);
    pages.next();
    expect([pages.earlier, pages.later, pages.visible]).toEqual([2, 1, ['t2', 't3', 't4']]);
  });

  it('counts also what is not laid out yet, and goes there once it is', () => {
    const pages = opened(60, 0, 0, 1);
    expect(pages.later).toBe(58);
    pages.next();
    pages.next();
    expect([pages.page, pages.later]).toEqual([1, 57]);
    pages.lay(laid(0, 0, 1, 2, 2), 60);
    pages.next();
    expect([pages.page, pages.later]).toEqual([2, 55]);
  });

  it('reaches every part of a ticket that is longer than the screen', () => {
    const pages = new Pages();
    pages.lay([{ id: 'long', page: 0, last: 2 }], 1);
    expect([pages.earlier, pages.later]).toEqual([0, 1]);
    pages.next();
    pages.next();
    expect([pages.page, pages.earlier, pages.later]).toEqual([2, 1, 0]);
  });

  it('hides what has nothing on the page, and no ticket that goes on there', () => {
    const pages = new Pages();
    pages.lay([{ id: 'short', page: 0, last: 0 }, { id: 'long', page: 0, last: 1 }, ...laid(2)], 3);
    expect([...pages.hidden]).toEqual(['t0']);
    pages.next();
    expect([...pages.hidden]).toEqual(['short', 't0']);
  });

  it('stays inside at both ends', () => {
    const pages = opened(2, 0, 1);
    pages.previous();
    expect(pages.page).toBe(0);
    for (let n = 0; n < 5; n += 1) pages.next();
    expect(pages.page).toBe(1);
  });

  it('goes back when the page under it empties', () => {
    const pages = opened(3, 0, 1, 2);
    pages.next();
    pages.next();
    pages.lay(laid(0, 0), 2);
    expect([pages.page, pages.visible]).toEqual([0, ['t0', 't1']]);
  });

  it('gives the first nine of the page a key, in reading order', () => {
    const pages = opened(12, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    pages.next();
    expect(['t0', 't1', 't9', 't10'].map((id) => pages.placeOf(id))).toEqual([null, 1, 9, null]);
  });

  it('knows what stands before and what has ended, to say whether it calls', () => {
    const pages = new Pages();
    pages.lay([...laid(0), { id: 'long', page: 0, last: 1 }, { id: 'next', page: 1, last: 1 }], 4);
    expect([[...pages.before], [...pages.ended]]).toEqual([[], ['t0']]);
    pages.next();
    expect([[...pages.before], [...pages.ended]]).toEqual([
      ['t0', 'long'],
      ['t0', 'long', 'next'],
    ]);
  });
});
