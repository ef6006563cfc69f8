// What a page believes of its window: nothing until the shell has told it, and no more than the shell knows.
import { describe, expect, it } from 'vitest';
import type { Shell, Standing } from './shell';
import { Windows } from './windows.svelte';

function followed() {
  let tell: (standings: readonly Standing[]) => void = () => undefined;
  const done: string[] = [];
  const note = (what: string) => () => {
    done.push(what);
    return Promise.resolve();
  };
  const shell: Shell = {
    canFill: true,
    watch: (hear) => {
      tell = hear;
      return () => (tell = () => undefined);
    },
    offerKitchen: note('offer'),
    attend: note('attend'),
    turnFullScreen: note('turn'),
  };
  const windows = new Windows(shell);
  const stop = windows.start();
  const kitchen = (fields: Partial<Standing>) => {
    tell([{ window: 'kitchen', fills: true, stranded: false, in_sight: true, ...fields }]);
  };
  return { windows, stop, kitchen, done };
}

describe('the windows beside the till', () => {
  it('are in sight when the shell says so, and not before', () => {
    const { windows, kitchen } = followed();
    expect([windows.inSight('kitchen'), windows.fills('kitchen')]).toEqual([false, false]);
    kitchen({});
    expect([windows.inSight('kitchen'), windows.fills('kitchen'), windows.inSight('guests')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('are lost while their screen is gone and nobody sees them', () => {
    const { windows, kitchen } = followed();
    kitchen({ in_sight: false });
    expect([windows.lost, windows.inSight('kitchen')]).toEqual([[], false]);
    kitchen({ stranded: true, in_sight: false });
    expect(windows.lost).toEqual(['kitchen']);
    kitchen({ stranded: true });
    expect(windows.lost).toEqual([]);
  });

  it('tell the shell of a touch only where nobody is thought to see them', () => {
    const { windows, kitchen, done } = followed();
    windows.touched('kitchen');
    kitchen({});
    windows.touched('kitchen');
    expect(done).toEqual([]);
    kitchen({ stranded: true, in_sight: false });
    windows.touched('kitchen');
    expect(done).toEqual(['attend']);
  });

  it('are as they were once nobody follows them', () => {
    const { windows, stop, kitchen } = followed();
    kitchen({});
    stop();
    kitchen({ in_sight: false });
    expect(windows.inSight('kitchen')).toBe(true);
  });
});
