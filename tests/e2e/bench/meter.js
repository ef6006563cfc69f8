/**
 * The stopwatch in the page: from the moment of a tap, a key or a word of the core, as the browser dates it, to the first
 * frame that was painted after the page had changed. Nothing is asked again and again from outside.
 */

/**
 * What the page keeps for itself; it is put there before any script of the page.
 * @typedef {{
 *   arm(selector: string, wanted: { count?: number, text?: string }, input: string): void,
 *   took(): Promise<number>,
 *   watch(): void,
 *   watched(): { events: number[], frames: number[] },
 * }} Meter
 */

/** In the page. */
function install() {
  /** When the newest input of each kind came, by the page's clock. @type {Record<string, number>} */
  const inputs = {};
  /** @type {Promise<number>} */
  let taking = Promise.resolve(0);
  for (const kind of ['pointerdown', 'keydown']) {
    window.addEventListener(kind, (event) => (inputs[kind] = event.timeStamp), { capture: true });
  }
  /** Runs something once the next frame is painted. @param {() => void} then */
  const painted = (then) => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = then;
      channel.port2.postMessage(null);
    });
  };
  /** @param {() => boolean} isThere @param {() => void} then */
  const changed = (isThere, then) => {
    const observer = new MutationObserver(() => {
      if (!isThere()) return;
      observer.disconnect();
      painted(then);
    });
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  };
  /** @type {number[]} */
  const events = [];
  /** @type {number[]} */
  const frames = [];
  const OriginalSocket = window.WebSocket;
  window.WebSocket = class extends OriginalSocket {
    /** @param {string | URL} url @param {string | string[]} [protocols] */
    constructor(url, protocols) {
      super(url, protocols);
      this.addEventListener('message', (message) => {
        const { event, at } = JSON.parse(String(message.data));
        if (event.kind !== 'ticket_arrived') return;
        // Its card may be on a page that is not in sight; how many there are is always said.
        const load = () => document.querySelector('[data-testid="load"]')?.textContent;
        const before = load();
        changed(
          () => load() !== before,
          () => events.push(Date.now() - at),
        );
      });
    }
  };
  /** @type {Meter} */
  const meter = {
    arm(selector, { count, text }, input) {
      const isThere = () => {
        const found = document.querySelectorAll(selector);
        if (count !== undefined) return found.length === count;
        return found[0]?.textContent?.includes(text ?? '') ?? false;
      };
      inputs[input] = Number.NaN;
      taking = new Promise((resolve) => {
        changed(isThere, () => resolve(performance.now() - (inputs[input] ?? Number.NaN)));
      });
    },
    took: () => taking,
    watch() {
      events.length = 0;
      frames.length = 0;
      let last = performance.now();
      const frame = (/** @type {number} */ now) => {
        frames.push(now - last);
        last = now;
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    },
    watched: () => ({ events: [...events], frames: [...frames] }),
  };
  Object.assign(globalThis, { meter });
}

/** Puts the stopwatch into every page of a browser. @param {import('playwright-core').BrowserContext} context */
export async function meter(context) {
  await context.addInitScript(install);
}

/**
 * How long it takes from an input to what it brings about, in milliseconds.
 * @param {import('playwright-core').Page} page
 * @param {{ selector: string, wanted: { count?: number, text?: string }, input: 'pointerdown' | 'keydown' }} what
 * @param {() => Promise<unknown>} act
 */
export async function timed(page, { selector, wanted, input }, act) {
  await page.evaluate(
    ({ selector: where, wanted: that, input: kind }) =>
      /** @type {any} */ (globalThis).meter.arm(where, that, kind),
    { selector, wanted, input },
  );
  await act();
  const took = await page.evaluate(() => /** @type {any} */ (globalThis).meter.took());
  if (!Number.isFinite(took)) throw new Error(`no ${input} came before ${selector} changed`);
  return /** @type {number} */ (took);
}

/** Begins to note frames and events. @param {import('playwright-core').Page} page */
export async function watch(page) {
  await page.evaluate(() => /** @type {any} */ (globalThis).meter.watch());
}

/** @param {import('playwright-core').Page} page @returns {Promise<ReturnType<Meter['watched']>>} */
export async function watched(page) {
  return page.evaluate(() => /** @type {any} */ (globalThis).meter.watched());
}
