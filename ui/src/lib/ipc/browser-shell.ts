// A browser as the shell of one page: it tells when the page fills the screen, and knows nothing of screens.

import { windowRole } from './credentials';
import type { Shell, Standing } from './shell';

export const browserShell: Shell = {
  get canFill() {
    return document.fullscreenEnabled;
  },

  watch(tell) {
    const own = windowRole(window.location.pathname);
    if (own !== 'kitchen') {
      tell([]);
      return () => undefined;
    }
    const say = () => {
      const fills = document.fullscreenElement !== null;
      tell([{ window: own, fills, stranded: false, in_sight: true } satisfies Standing]);
    };
    document.addEventListener('fullscreenchange', say);
    say();
    return () => {
      document.removeEventListener('fullscreenchange', say);
    };
  },

  offerKitchen: () => Promise.resolve(),

  attend: () => Promise.resolve(),

  async turnFullScreen() {
    // A browser may refuse; a page is as good in a window.
    const change = document.fullscreenElement
      ? document.exitFullscreen()
      : document.documentElement.requestFullscreen();
    await change.catch(() => undefined);
  },
};
