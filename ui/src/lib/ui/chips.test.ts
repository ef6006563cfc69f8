// Each colour that a category can have is one that the tokens draw.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { CHIPS } from './chips';

const tokens = readFileSync(join(import.meta.dirname, '..', 'styles', 'tokens.css'), 'utf8');

it.each(CHIPS)('%s has a colour, and a rule that gives it', (chip) => {
  expect(tokens).toMatch(new RegExp(`--chip-${chip}: #`));
  expect(tokens).toContain(`[data-chip='${chip}'] {\n  --chip: var(--chip-${chip});`);
});
