import { describe, expect, it } from 'vitest';
import { says, toggled } from './phrases';

const LONGEST = 200;

describe('the phrases of a note', () => {
  it('come and go at a tap, and leave what was typed alone', () => {
    let note = 'la salsa aparte';
    note = toggled(note, 'sin cebolla', LONGEST);
    expect(note).toBe('la salsa aparte, sin cebolla');
    note = toggled(note, 'extra queso', LONGEST);
    note = toggled(note, 'sin cebolla', LONGEST);
    expect(note).toBe('la salsa aparte, extra queso');
  });

  it('are known in whatever capitals and accents, and only as a whole', () => {
    expect(says('Sin Limón, extra sal', 'sin limon')).toBe(true);
    expect(says('sin limonada', 'sin limon')).toBe(false);
    expect(toggled('SIN SAL', 'sin sal', LONGEST)).toBe('');
  });

  it('never make a note longer than the core takes', () => {
    const note = 'a'.repeat(195);
    expect(toggled(note, 'sin sal', LONGEST)).toBe(note);
  });
});
