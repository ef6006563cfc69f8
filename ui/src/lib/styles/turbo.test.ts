import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const SOURCES = join(import.meta.dirname, '..', '..');

function styles(): [string, string][] {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' });
  const svelte = files.filter((file) => file.endsWith('.svelte'));
  return svelte.map((file) => [file, readFileSync(join(SOURCES, file), 'utf8')]);
}

/** Whether turbo can still it: a token says how it moves, or it only waits and then is as it is. */
function isStilled(animation: string): boolean {
  return /var\(--(fast|steady|count-down|calls)\)|\b0ms\b|^\s*none\s*$/.test(animation);
}

describe('in turbo', () => {
  it('nothing on any screen moves by more than a token that turbo stills', () => {
    const found: string[] = [];
    for (const [file, text] of styles()) {
      for (const [, animations = ''] of text.matchAll(/(?:animation|transition):([^;]+);/g)) {
        for (const one of animations.split(/,(?![^(]*\))/))
          if (!isStilled(one)) found.push(`${file}: ${one}`);
      }
    }
    expect(found).toEqual([]);
    expect(isStilled('call 1.2s steps(1) infinite')).toBe(false);
  });
});
