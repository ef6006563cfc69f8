// Which tickets are on which page of the board, as the screen truly laid them out. Pages far ahead are not
// laid out until someone turns to them; how many tickets stand there is known all the same.

import { createContext } from 'svelte';

export interface Laid {
  readonly id: string;
  /** Page on which the ticket begins, 0 is the first. */
  readonly page: number;
  /** Page on which it ends; another one only for a ticket of several cards. */
  readonly last: number;
}

export class Pages {
  /** The page that was asked for; the board may have shrunk below it. */
  #wanted = $state(0);
  #laid = $state.raw<readonly Laid[]>([]);
  #total = $state(0);

  readonly #last: number = $derived(Math.max(0, ...this.#laid.map((one) => one.last)));
  readonly page: number = $derived(Math.min(this.#wanted, this.#last));
  /** The tickets on the page, in reading order. */
  readonly visible: readonly string[] = $derived(
    this.#laid.filter((one) => one.page === this.page).map((one) => one.id),
  );
  /** Tickets that begin on an earlier page. */
  readonly before: ReadonlySet<string> = $derived(
    new Set(this.#laid.filter((one) => one.page < this.page).map((one) => one.id)),
  );
  /** Tickets of which nothing stands on a later page. */
  readonly ended: ReadonlySet<string> = $derived(
    new Set(this.#laid.filter((one) => one.last <= this.page).map((one) => one.id)),
  );
  readonly earlier: number = $derived(this.before.size);
  readonly later: number = $derived(this.#total - this.ended.size);

  /** Tickets of which nothing is on the page: neither a finger nor a key may reach them there. */
  readonly hidden: ReadonlySet<string> = $derived(
    new Set(this.#laid.filter((one) => one.last < this.page || one.page > this.page).map((one) => one.id)),
  );

  /** The key that ends a ticket, 1 to 9 in reading order of the page; none beyond. */
  placeOf(id: string): number | null {
    const place = this.visible.indexOf(id) + 1;
    return place >= 1 && place <= 9 ? place : null;
  }

  /** Takes a new layout, one entry a ticket in reading order, of so many tickets in all. */
  lay(laid: readonly Laid[], total: number): void {
    this.#total = total;
    const same =
      laid.length === this.#laid.length &&
      laid.every((one, n) => {
        const old = this.#laid[n];
        return one.id === old?.id && one.page === old.page && one.last === old.last;
      });
    if (!same) this.#laid = laid;
  }

  next(): void {
    this.#wanted = Math.min(this.page + 1, this.#last);
  }

  previous(): void {
    this.#wanted = Math.max(this.page - 1, 0);
  }
}

export const [getPages, setPages] = createContext<Pages>();
