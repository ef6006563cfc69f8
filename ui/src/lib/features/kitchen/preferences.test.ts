// What a screen's cooks chose is there again after a reload, and nonsense that was kept is not.
import { describe, expect, it } from 'vitest';
import { MemoryStorage } from '$lib/ipc/testing';
import { Preferences } from './preferences.svelte';

describe('what a screen prefers', () => {
  it('is loud and in columns until somebody says otherwise, and that is kept', () => {
    const storage = new MemoryStorage();
    const first = new Preferences(storage);
    expect([first.volume, first.layout]).toEqual(['high', 'columns']);
    first.lay('grid');
    first.nextVolume();
    const again = new Preferences(storage);
    expect([again.volume, again.layout]).toEqual(['low', 'grid']);
  });

  it('is the usual where what was kept makes no sense', () => {
    const storage = new MemoryStorage();
    storage.setItem('fastops.kitchen.layout', 'circle');
    expect(new Preferences(storage).layout).toBe('columns');
  });
});
