/**
 * A clock that stands still, so that a picture drawn tomorrow is that of today: every page believes that it is the
 * same evening, and what the core says happened when a story wants it to have happened. What the core measures of
 * itself, which is never twice the same, is told as one figure.
 */

/** Now on every screen: a Friday in September, 20:14 in Bogotá. */
export const NOW_MS = Date.UTC(2025, 8, 20, 1, 14);
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Instants since 2014 and until 2065, in milliseconds. */
const INSTANT = { first: 1_400_000_000_000, last: 3_000_000_000_000 };
/** What is promised for later is told to this, in minutes: a slow machine says nothing else. */
const PROMISE_MINUTES = 5;

/** What is measured, in milliseconds, by the name of its field. @type {Record<string, number>} */
const MEASURED = {
  average_ms: 1_100,
  ms_per_ticket: 900,
  oldest_ms: 60_000,
  ready_ms: 800,
  to_paper_ms: 900,
  wait_ms: 2_000,
};

/** The clock on the wall when something happened, for what tells of it so. */
const WALL = { hour: 19, minute: 26 };
/** Where the simulated printers of a run listen. */
const PORT = /127\.0\.0\.1:\d+/g;

/** @param {unknown} value @returns {value is number} */
function isInstant(value) {
  return typeof value === 'number' && value > INSTANT.first && value < INSTANT.last;
}

export class FrozenClock {
  /** From when on what happens is told as so many minutes ago. */
  #chapters = [{ from: 0, minutesAgo: 24 * 60 }];

  /** What happens from now on is told as so many minutes ago. @param {number} minutes */
  chapter(minutes) {
    this.#chapters.push({ from: Date.now(), minutesAgo: minutes });
  }

  /** Where each printer is told to be, by where it listens. @type {Map<string, string>} */
  #printers = new Map();

  /** Where the printers of a run listen, in the order in which they get their places. @param {string[]} addresses */
  places(addresses) {
    for (const [n, address] of addresses.entries()) {
      const [found] = address.match(PORT) ?? [];
      if (found) this.#printers.set(found, `192.168.1.${51 + n}:9100`);
    }
  }

  /** @param {string} address */
  #printer(address) {
    return this.#printers.get(address) ?? address;
  }

  /** Has every page of a browser live in this time. @param {import('playwright-core').BrowserContext} context */
  async rule(context) {
    await context.clock.setFixedTime(NOW_MS);
    await context.route('**/api/v1/*', async (route) => {
      try {
        const response = await route.fetch();
        await route.fulfill({ response, body: this.retell(await response.text()) });
      } catch {
        // The page was closed while it asked.
        await route.abort().catch(() => undefined);
      }
    });
    await context.routeWebSocket(/\/api\/v1\/events/, (window) => {
      const core = window.connectToServer();
      core.onMessage((message) => window.send(this.retell(String(message))));
    });
  }

  /** An answer as the pages are told it. @param {string} text */
  retell(text) {
    try {
      const told = JSON.stringify(this.#told(JSON.parse(text), '', null));
      return told.replaceAll(PORT, (address) => this.#printer(address));
    } catch {
      return text;
    }
  }

  /**
   * A value as the pages are told it.
   * @param {any} value
   * @param {string} name of its field
   * @param {number | null} begun When the thing that it belongs to began, by the core.
   * @returns {any}
   */
  #told(value, name, begun) {
    if (isInstant(value)) return name === 'now' ? NOW_MS : this.#instant(value, begun);
    if (typeof value === 'number') return MEASURED[name] ?? value;
    if (Array.isArray(value)) return value.map((one) => this.#told(one, name, begun));
    if (value === null || typeof value !== 'object') return value;
    // An event says when it is told, which is now.
    if ('boot_id' in value && 'at' in value) value.at = NOW_MS;
    if ('hour' in value && 'minute' in value) Object.assign(value, WALL);
    const own = Object.values(value).filter(isInstant);
    const since = own.length > 0 ? Math.min(...own) : begun;
    return Object.fromEntries(
      Object.entries(value).map(([field, one]) => [field, this.#told(one, field, since)]),
    );
  }

  /** @param {number} real @param {number | null} begun */
  #instant(real, begun) {
    const now = Date.now();
    // What a page has said itself comes back as it was said.
    if (Math.abs(real - NOW_MS) < DAY_MS) return real;
    if (real <= now) return this.#past(real);
    if (begun !== null && begun <= now) {
      return this.#past(begun) + Math.round((real - begun) / MINUTE_MS) * MINUTE_MS;
    }
    const step = PROMISE_MINUTES * MINUTE_MS;
    return NOW_MS + Math.ceil((real - now) / step) * step;
  }

  /** @param {number} real */
  #past(real) {
    const chapter = this.#chapters.findLast(({ from }) => from <= real);
    return NOW_MS - (chapter?.minutesAgo ?? 0) * MINUTE_MS;
  }
}
