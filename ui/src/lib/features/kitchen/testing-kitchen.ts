// A core with one house's tickets, and a kitchen's screen at it.

import { vi } from 'vitest';
import { CallFailed, type Backend } from '$lib/ipc/backend';
import type { KitchenTicket, KitchenTickets, KitchenView } from '$lib/ipc/bindings.gen';
import { systemTimers } from '$lib/ipc/timers';
import type { Alert } from './changes';
import { Kitchen } from './kitchen.svelte';
import { ticket } from './testing';

export type Asked = { name: string; request: Record<string, unknown> };

/** A core that keeps one station's board and can be told to refuse or to be out of reach. */
export class Core {
  board: KitchenTicket[] = [ticket('a', { number: 1 }), ticket('b', { number: 2 })];
  done: KitchenTicket[] = [];
  asked: Asked[] = [];
  failures: CallFailed[] = [];
  #answered = new Map<unknown, unknown>();
  #held: Promise<void> = Promise.resolve();

  readonly backend = {
    call: async (name: string, request: Record<string, unknown>) => {
      await Promise.resolve();
      this.asked.push({ name, request });
      if (name === 'list_kitchen_tickets') {
        const view = this.#view(String(request['station_id']));
        await this.#held;
        return view;
      }
      const failure = this.failures.shift();
      if (failure) throw failure;
      if (name === 'get_kitchen_tickets') return this.#some(request['ticket_ids'] as string[]);
      if (!this.#answered.has(request['command_id'])) {
        this.#answered.set(request['command_id'], this.#carryOut(name, request));
      }
      return this.#answered.get(request['command_id']);
    },
    openKitchen: () => Promise.resolve(),
    openGuests: () => Promise.resolve(),
    saveProducts: () => Promise.resolve(null),
  } as unknown as Backend;

  /** Lists are on their way from now on until the function that is returned is called. */
  holdAnswers(): () => void {
    let arrive = (): void => undefined;
    this.#held = new Promise((resolve) => (arrive = resolve));
    return arrive;
  }

  of(name: string): Asked[] {
    return this.asked.filter((one) => one.name === name);
  }

  #carryOut(name: string, request: Record<string, unknown>): unknown {
    const id = request['ticket_id'];
    if (name === 'prioritise_ticket') {
      const first_at = request['first'] ? 1_099_000 : null;
      this.board = this.board.map((one) => (one.id === id ? { ...one, first_at } : one));
      return undefined;
    }
    const [from, to] = name === 'bump_ticket' ? [this.board, this.done] : [this.done, this.board];
    const at = from.findIndex((one) => one.id === id);
    const found = from[at];
    if (!found) return { newly_seen: 1 };
    from.splice(at, 1);
    const state = name === 'bump_ticket' ? 'ready' : 'seen';
    const moved: KitchenTicket = {
      ...found,
      state,
      ready_at: state === 'ready' ? 1_050_000 + found.number : null,
    };
    to.unshift(moved);
    return moved;
  }

  #some(ids: string[]): KitchenTickets {
    return { tickets: [...this.board, ...this.done].filter((one) => ids.includes(one.id)), now: 1_100_000 };
  }

  #view(station_id: string): KitchenView {
    const own = (one: KitchenTicket) => one.station_id === station_id;
    const order = (one: KitchenTicket) => one.first_at ?? Infinity;
    const byNumber = (x: KitchenTicket, y: KitchenTicket) => x.number - y.number;
    const tickets = this.board.filter(own).sort((x, y) => order(x) - order(y) || byNumber(x, y));
    const station = station_id === 'kitchen' ? 'Cocina' : 'Bar';
    const pulse = { station_id, station } as KitchenView['pulse'];
    return {
      station_id,
      station,
      tickets,
      done: this.done.filter(own),
      held: [],
      pulse,
      now: 1_100_000,
    };
  }
}

export function memory(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  } as unknown as Storage;
}

export async function opened(
  core: Core,
  { storage = memory(), mayAct = true, station = 'kitchen', stationIds = ['kitchen', 'bar'] } = {},
) {
  const heard: Alert[] = [];
  const kitchen = new Kitchen({
    backend: core.backend,
    timers: systemTimers,
    storage,
    get stationIds() {
      return [...stationIds];
    },
    mayAct: () => mayAct,
    hear: (alert) => heard.push(alert),
  });
  kitchen.choose(station);
  await vi.advanceTimersByTimeAsync(0);
  const shown = () => kitchen.tickets.map((one) => one.id);
  const touch = (id: string) => {
    const found = kitchen.tickets.find((one) => one.id === id);
    if (found) kitchen.acknowledge(found);
  };
  return { kitchen, heard, shown, touch };
}

/** The core has another ticket for the kitchen and says so. */
export async function arrives(core: Core, kitchen: Kitchen, id: string, fields: Partial<KitchenTicket>) {
  core.board = [
    ...core.board.filter((one) => one.id !== id),
    ticket(id, { number: 3, late_at: 9_000_000, ...fields }),
  ];
  kitchen.hear({ kind: 'ticket_changed', station_id: 'kitchen', ticket_id: id, order_id: 'o', paper: null });
  await vi.advanceTimersByTimeAsync(0);
}

export const linkDown = () => new CallFailed('link_down', 'No hay conexión.');
