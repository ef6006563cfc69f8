// Which tickets are on which page of the board, as the screen truly laid them out. Pages far ahead are not
// laid out until someone turns to them; how many tickets stand there is known all the same.

import { createContext } from 'svelte';

export interface Laid {
  readonly id: string;
  /** Page on which the ticket begins, 0 is the first. */
  readonly page: number;
}

export class Pages {
  /** The page that was asked for; the board may have shrunk below it. */
  #wanted = $state(0);
  #laid = $state.raw<readonly Laid[]>([]);
  #total = $state(0);

  readonly #last: number = $derived(Math.max(0, ...this.#laid.map((one) => one.page)));
  readonly page: number = $derived(Math.min(this.#wanted, this.#last));
  /** The tickets on the page, in reading order. */
  readonly visible: readonly string[] = $derived(
    this.#laid.filter((one) => one.page === this.page).map((one) => one.id),
  );
  readonly earlier: number = $derived(this.#laid.filter((one) => one.page < this.page).length);
  readonly later: number = $derived(this.#total - this.earlier - this.visible.length);

  /** Takes a new layout, one entry a ticket in reading order, of so many tickets in all. */
  lay(laid: readonly Laid[], total: number): void {
    this.#total = total;
    const same =
      laid.length === this.#laid.length &&
      laid.every((one, n) => one.id === this.#laid[n]?.id && one.page === this.#laid[n]?.page);
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
