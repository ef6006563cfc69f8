import { describe, expect, it } from 'vitest';
import type { FirstStepsView } from '../../ipc/bindings.gen';
import { ScriptedBackend } from '../../ipc/testing';
import { Reminder } from './reminder.svelte';

const NEW: FirstStepsView = {
  stations: 2,
  served_stations: 0,
  products: 8,
  tables: 4,
  people: 2,
  has_printed: false,
  told: true,
};

function house(view: FirstStepsView) {
  const backend = new ScriptedBackend({
    get_first_steps: () => view,
    set_setting: ({ key, value }) => {
      if (key === 'alerts.first_steps') view = { ...view, told: value !== false };
      return { settings: [] };
    },
  });
  const become = (change: Partial<FirstStepsView>) => {
    view = { ...view, ...change };
  };
  return { backend, reminder: new Reminder(backend), become };
}

describe('the reminder of the first steps', () => {
  it('names what is still to be done, and follows it', async () => {
    const { reminder, become } = house(NEW);
    expect(reminder.left).toEqual([]);
    reminder.read();
    await expect.poll(() => reminder.left).toEqual(['printers', 'ticket']);
    become({ served_stations: 2 });
    reminder.hear({ kind: 'settings_changed' });
    await expect.poll(() => reminder.left).toEqual(['ticket']);
    become({ has_printed: true });
    reminder.hear({ kind: 'pulse_changed', stations: [], papers_failed: 0, turbo: false });
    await expect.poll(() => reminder.left).toEqual([]);
  });

  it('asks nothing more with each ticket once all is done', async () => {
    const { backend, reminder } = house({ ...NEW, served_stations: 2, has_printed: true });
    reminder.read();
    await expect.poll(() => backend.requests('get_first_steps').length).toBe(1);
    await Promise.resolve();
    reminder.hear({ kind: 'pulse_changed', stations: [], papers_failed: 0, turbo: false });
    reminder.hear({ kind: 'menu_changed' });
    expect(backend.requests('get_first_steps')).toHaveLength(1);
  });

  it('is silent for good when the house says so, until it says otherwise', async () => {
    const { backend, reminder, become } = house(NEW);
    reminder.read();
    await expect.poll(() => reminder.left.length).toBe(2);
    expect(await reminder.forget()).toBeNull();
    expect(reminder.left).toEqual([]);
    expect(backend.requests('set_setting')[0]).toMatchObject({
      key: 'alerts.first_steps',
      level: 'branch',
      value: false,
    });
    become({ told: true });
    reminder.hear({ kind: 'settings_changed' });
    await expect.poll(() => reminder.left.length).toBe(2);
  });

  it('says why it could not be silenced, and stays', async () => {
    const { backend, reminder } = house(NEW);
    reminder.read();
    await expect.poll(() => reminder.left.length).toBe(2);
    backend.answers = {};
    expect(await reminder.forget()).toMatch(/no answer/);
    expect(reminder.left).toHaveLength(2);
  });
});
