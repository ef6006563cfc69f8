// What the main window's pages share: the floor, the menu, the order in hand, and the steps between them.

import { createContext } from 'svelte';
import { goto } from '$app/navigation';
import { page } from '$app/state';
import { Alerts } from '$lib/features/alerts/alerts.svelte';
import { Bills } from '$lib/features/bills/bills.svelte';
import { Floor } from '$lib/features/floor/floor.svelte';
import type { PartChoice } from '$lib/features/menu/combo.svelte';
import { Menu } from '$lib/features/menu/menu.svelte';
import { wanted, type Wanted } from '$lib/features/menu/wanted';
import type { Choice } from '$lib/features/menu/wish.svelte';
import { after, choosableCourses, choosableSeats, nextCourse } from '$lib/features/order/courses';
import type { CartLine, Place, Standing } from '$lib/features/order/draft';
import { Drafts } from '$lib/features/order/drafts.svelte';
import { Fires } from '$lib/features/order/fires.svelte';
import { Hand } from '$lib/features/order/hand.svelte';
import { Keeper } from '$lib/features/order/keeper';
import type { I18n } from '$lib/i18n/i18n.svelte';
import { newReport } from '$lib/features/start/report';
import { sentenceOf } from '$lib/ipc/backend';
import type {
  OrderType,
  OrderView,
  ProductView,
  RoomView,
  TableView,
  VariantView,
} from '$lib/ipc/bindings.gen';
import { newId } from '$lib/ipc/ids';
import type { Live } from '$lib/ipc/live.svelte';
import type { Session } from '$lib/ipc/session.svelte';
import { systemTimers } from '$lib/ipc/timers';
import type { Toasts } from '$lib/ui/toasts.svelte';
import type { Asking, Counting } from './asking';
import { cartLine, nameOf } from './cart';
import { Hands } from './hands.svelte';
import { houseOf, LEAVE, type House } from './house';
import { SHORT_MS, tooLittle } from './short';

/** How long the report of a start stays: two sentences for somebody who has just sat down. */
const REPORT_MS = 12_000;

export class Workspace {
  searched = $state('');
  asking = $state.raw<Asking | null>(null);
  counting = $state.raw<Counting | null>(null);
  /** The product of which somebody says how much is left. */
  availabilityOf = $state<string | null>(null);
  /** A table with several orders, of which one must be chosen. */
  choosing = $state.raw<TableView | null>(null);
  queueOpen = $state(false);
  alertsOpen = $state(false);
  keysOpen = $state(false);
  unprintedOpen = $state(false);
  /** A table whose next steps are shown. */
  atTable = $state<string | null>(null);
  drawerOpen = $state(false);
  doubtsOpen = $state(false);

  readonly alerts: Alerts;
  readonly bills: Bills;
  readonly floor: Floor;
  readonly menu: Menu;
  readonly hand: Hand;
  readonly hands: Hands;
  readonly fires: Fires;
  readonly #keeper: Keeper;
  readonly #session: Session;
  readonly #i18n: I18n;
  readonly #toasts: Toasts;
  /** The menu is about to be shown, for what is being typed. */
  #seeking = false;
  #place: { orderId: string; place: Place } | null = null;

  constructor(session: Session, terminalId: string, i18n: I18n, toasts: Toasts) {
    this.#keeper = new Keeper(session.backend, systemTimers, window.localStorage);
    const drafts = new Drafts(window.localStorage, terminalId, this.#keeper, systemTimers.now);
    this.#session = session;
    this.#i18n = i18n;
    this.#toasts = toasts;
    this.alerts = new Alerts(session.backend);
    this.bills = new Bills(session.backend);
    this.floor = new Floor(session.backend);
    this.menu = new Menu(session.backend);
    this.hand = new Hand(session.backend, drafts, systemTimers, (view, units) => {
      this.#announce(view, units);
    });
    this.hands = new Hands({
      backend: session.backend,
      i18n,
      toasts,
      floor: this.floor,
      hand: this.hand,
      toTables: () => void goto('/'),
      follow: (id) => {
        this.#follow(id);
      },
    });
    this.fires = new Fires(session.backend, i18n, toasts, this.hand, () => {
      void this.floor.kept.read();
    });
  }

  /** Reads the alerts and keeps them fresh until the function returned is called. */
  watch(live: Live): () => void {
    const read = () => void this.alerts.kept.read();
    return live.follow(read, (event) => {
      this.alerts.hear(event);
    });
  }

  /** Follows the papers about money until the function returned is called. */
  followBills(live: Live): () => void {
    const read = () => {
      this.bills.read();
    };
    return live.follow(read, (event) => {
      this.bills.hear(event);
    });
  }

  /** Says what this start of the program found, once in this window, when there was anything. */
  async tellStart(): Promise<void> {
    const report = await newReport(this.#session.backend, window.sessionStorage);
    if (report === null || report.recovered === 0) return;
    const words = this.#i18n.t.queue.start;
    const seconds = this.#i18n.seconds(report.ready_ms);
    const marked = report.reprinted > 0 ? ` ${words.marked(report.reprinted)}` : '';
    const state = report.reprinted > 0 ? 'warn' : 'info';
    this.#toasts.show(state, `${words.goOn(report.recovered, seconds)}${marked}`, null, REPORT_MS);
  }

  /** Reads what the screens show and keeps it fresh until the function returned is called. */
  start(live: Live): () => void {
    const readAll = () => {
      void this.floor.kept.read();
      void this.menu.load();
      void this.hand.refresh();
      this.hand.quoteAgain();
      void this.#takeUp();
    };
    const stop = live.follow(readAll, (event) => {
      this.floor.hear(event);
      this.menu.hear(event);
      this.hand.hear(event);
    });
    return () => {
      stop();
      this.hand.sender.stop();
      this.#keeper.stop();
    };
  }

  /** Finds again what was typed at this terminal, and goes on with what was on its way. */
  async #takeUp(): Promise<void> {
    if (!this.#session.can('take_orders')) return;
    const carts = await this.#keeper.kept();
    if (carts !== null) this.hand.drafts.adopt(carts);
    await this.hand.sender.resume();
  }

  /** The page of the house that is open, for whoever manages it; none at the work of the day. */
  get house(): House | null {
    return houseOf(page.route.id);
  }

  /** Whether this person may do what the open page of the house is for. */
  get mayHouse(): boolean {
    return this.house !== null && this.#session.can(LEAVE[this.house]);
  }

  get atMenu(): boolean {
    return page.route.id === '/(main)/order/[id]';
  }

  /** Tables and take-away orders with something typed and not sent. */
  get unsentTables(): ReadonlySet<string> {
    return new Set(this.hand.drafts.unsent.flatMap((draft) => draft.table?.id ?? []));
  }

  openTable(table: TableView): void {
    if (this.hands.carrying) {
      this.searched = '';
      this.hands.putOn(table);
      return;
    }
    if (table.orders.length > 1) {
      this.choosing = table;
      return;
    }
    this.openAtTable(table, table.orders[0]?.id ?? null);
  }

  /** The table whose next steps are shown, as it is now. */
  get tableShown(): TableView | null {
    const tables = this.floor.view?.rooms.flatMap((room) => room.tables);
    return tables?.find((table) => table.id === this.atTable) ?? null;
  }

  /** The table was held: its next steps are shown. A free one has none, so it is opened. */
  holdTable(table: TableView): void {
    if (table.orders.length === 0 || this.hands.carrying) this.openTable(table);
    else this.atTable = table.id;
  }

  /** Opens one of a table's orders, or with `null` goes on with its unsent one. */
  openAtTable(table: TableView, orderId: string | null): void {
    const room = this.#roomOf(table);
    const place = { id: table.id, name: table.name, room: room?.name ?? '' };
    const id = this.hand.drafts.forTable(place, orderId);
    if (orderId === null) this.#place = { orderId: id, place: { order_type: 'dine_in', table: place } };
    this.openOrder(id);
  }

  openOrder(orderId: string): void {
    this.choosing = null;
    this.atTable = null;
    this.hands.end();
    this.unprintedOpen = false;
    this.searched = '';
    void goto(`/order/${orderId}`);
  }

  /** Begins an order without a table. */
  startTakeAway(order_type: OrderType): void {
    const orderId = newId();
    this.#place = { orderId, place: { order_type, table: null } };
    this.openOrder(orderId);
  }

  /** Takes in hand the order that the address names. */
  async take(orderId: string): Promise<void> {
    const place = this.#place?.orderId === orderId ? this.#place.place : null;
    this.#place = null;
    await this.hand.open(orderId, place);
  }

  /** What the search of the menu wants: so many of what it finds. */
  get wanted(): Wanted {
    return wanted(this.searched);
  }

  /** A tile was tapped: so many are added as stand before the search, which are then used up. */
  tap(product: ProductView, variant: VariantView | null): void {
    const { units } = this.wanted;
    if (units > 1) this.searched = '';
    this.pick(product, variant, units);
  }

  /** A tile was held: how many are wanted is typed first. */
  countProduct(product: ProductView, variant: VariantView | null): void {
    if (this.#isGone(product, variant)) return;
    this.counting = {
      name: nameOf(product, variant),
      value: this.wanted.units,
      isNew: true,
      productId: product.id,
      ondone: (count) => {
        this.pick(product, variant, count);
      },
    };
  }

  /** The quantity of a line of the cart is typed. */
  countLine(line: CartLine): void {
    this.counting = {
      name: line.name,
      value: line.quantity,
      isNew: false,
      productId: null,
      ondone: (count) => {
        this.hand.setQuantity(line.id, count);
      },
    };
  }

  /** The quantity is typed. */
  count(units: number): void {
    const counting = this.counting;
    this.counting = null;
    counting?.ondone(units);
  }

  /** A product, or one of its variants, was tapped or found with Enter. */
  pick(product: ProductView, variant: VariantView | null, units = 1): void {
    if (this.#isGone(product, variant)) return;
    const unsaid = product.variants.length > 0 && variant === null;
    const forced =
      unsaid || product.slots.length > 0 || this.menu.groupsOf(product).some((group) => group.min > 0);
    if (forced) this.asking = { product, variant, units, line: null };
    else
      this.#put(
        product,
        {
          quantity: units,
          variant,
          modifiers: [],
          note: null,
          allergy: null,
          course: this.hand.course,
          seat: this.hand.seat,
        },
        [],
        null,
      );
  }

  edit(line: CartLine): void {
    const product = this.menu.product(line.product_id);
    if (product) this.asking = { product, variant: null, units: line.quantity, line };
    else if (this.menu.view) this.#toasts.show('warn', this.#i18n.t.menu.offMenuNow(line.name));
  }

  /** The questions of a product are answered, and of a combo what it is made of is chosen. */
  choose(choice: Choice, parts: readonly PartChoice[] = []): void {
    if (this.asking === null) return;
    const { product, line } = this.asking;
    this.asking = null;
    this.#put(product, choice, parts, line);
  }

  /** The line that the keyboard means: the chosen one, else the last that was typed. */
  get lineInHand(): CartLine | null {
    const lines = this.hand.draft?.lines ?? [];
    return lines.find((line) => line.id === this.hand.chosen) ?? lines.at(-1) ?? null;
  }

  /** One unit more or less of the line in hand. */
  step(by: 1 | -1): void {
    const line = this.lineInHand;
    if (line) this.hand.setQuantity(line.id, line.quantity + by);
  }

  /** The next lines are for the next course, or the next guest. */
  stepPlace(what: 'course' | 'seat'): void {
    const { draft, view, course, seat } = this.hand;
    if (draft === null) return;
    if (what === 'course') this.hand.typeFor(after(choosableCourses(draft, view), course), seat);
    else this.hand.typeFor(course, after([null, ...choosableSeats(draft, view)], seat));
  }

  /** Fires what waits next of the order in hand. */
  async fireNext(): Promise<void> {
    const { view } = this.hand;
    const course = nextCourse(view);
    if (view !== null && course !== null && this.#session.can('take_orders'))
      await this.fires.fire(view.id, course);
  }

  /** Takes a line out of the cart, and offers it back. */
  remove(line: CartLine): void {
    const run = this.hand.remove(line.id);
    const { order, common } = this.#i18n.t;
    if (run) this.#toasts.show('info', order.removed(line.name), { label: common.undo, run });
  }

  /** Throws the cart away that nobody sent, and offers it back. */
  discard(): void {
    const { draft, drafts } = this.hand;
    const run = draft && drafts.discard(draft.order_id);
    if (!run) return;
    const { order, common } = this.#i18n.t;
    this.leave();
    this.#toasts.show('info', order.discarded, { label: common.undo, run });
  }

  /** What keeps a line of the cart from being ordered. */
  standingOf(line: CartLine): Standing | null {
    return this.menu.standingOf(line, this.hand.draft?.lines ?? [line]);
  }

  async send(): Promise<void> {
    const short = tooLittle(this.hand, this.menu, this.#i18n.t.availability);
    if (short !== null) {
      this.#toasts.show('warn', short, null, SHORT_MS);
      return;
    }
    try {
      await this.hand.send();
    } catch (error) {
      this.#toasts.show('alarm', sentenceOf(error));
    }
  }

  /** Something is typed from anywhere: it is looked for on the menu while an order is in hand. */
  seek(): void {
    const { orderId } = this.hand;
    if (orderId === null || this.atMenu || this.hands.carrying) return;
    // A scanner's Enter comes before the menu is on the screen.
    this.#seeking = true;
    void goto(`/order/${orderId}`).finally(() => {
      this.#seeking = false;
    });
  }

  /** Enter in the search field: the first answer. */
  takeFirst(): void {
    if (this.atMenu || this.#seeking) {
      const { units, text } = this.wanted;
      if (text === '') return;
      // Empty at once: the next scan may begin before the answer is here.
      this.searched = '';
      void this.#takeFound(text, units);
      return;
    }
    const found = this.floor.find(this.searched);
    if (found === null) {
      this.#toasts.show('warn', this.#i18n.t.floor.nothing(this.searched.trim()));
      return;
    }
    this.searched = '';
    if ('table' in found) this.openTable(found.table);
    else this.openOrder(found.order.id);
  }

  /** One step back: the search, the chosen line, the menu, the order in hand. */
  back(): void {
    if (this.searched !== '') this.searched = '';
    else if (this.hands.back()) return;
    else if (this.hand.chosen !== null) this.hand.chosen = null;
    else if (this.atMenu) void goto(this.hand.draft?.table === null ? '/take-away' : '/');
    else if (this.house !== null)
      void goto(page.route.id === `/(main)/${this.house}` ? '/' : `/${this.house}`);
    else this.hand.release();
  }

  /** Puts the order in hand down and goes where the next one is found. */
  leave(): void {
    const to = this.hand.draft?.table === null ? '/take-away' : '/';
    this.hand.release();
    void goto(to);
  }

  /** Takes an order in hand without leaving the tables for it. */
  #follow(orderId: string): void {
    if (this.atMenu) this.openOrder(orderId);
    else void this.hand.open(orderId, null);
  }

  async #takeFound(text: string, units: number): Promise<void> {
    const orderId = this.hand.orderId;
    try {
      const first = await this.menu.search.first(text);
      // Whoever went on to another order in the meantime did not ask for it there.
      if (this.hand.orderId !== orderId) return;
      if (first === null) this.#toasts.show('warn', this.#i18n.t.menu.nothing(text));
      else this.pick(first.product, first.variant, units);
    } catch (error) {
      this.#toasts.show('alarm', sentenceOf(error));
    }
  }

  /** Says so when there is none of it, and lets it be sold again by whoever may say so. */
  #isGone(product: ProductView, variant: VariantView | null): boolean {
    const gone = product.sold_out || (variant?.sold_out ?? false);
    const label = this.#i18n.t.availability.title;
    const open = () => {
      this.availabilityOf = product.id;
    };
    const act = this.#session.can('set_availability') ? { label, run: open } : null;
    if (gone) this.#toasts.show('warn', this.#i18n.t.menu.soldOutNow(nameOf(product, variant)), act);
    return gone;
  }

  #put(product: ProductView, choice: Choice, parts: readonly PartChoice[], line: CartLine | null): void {
    const stays = line !== null && line.course === choice.course;
    const held = stays ? line.held : this.hand.holds(choice.course);
    const wish = cartLine(product, choice, parts, held);
    if (line === null) this.hand.add(wish);
    else this.hand.replace(line.id, wish);
  }

  #roomOf(table: TableView): RoomView | undefined {
    return this.floor.view?.rooms.find((room) => room.tables.some((one) => one.id === table.id));
  }

  #announce(view: OrderView, units: number): void {
    const t = this.#i18n.t;
    const place = view.table
      ? t.floor.table(view.table.name)
      : (view.customer ?? t.floor.orderNumber(view.number));
    this.#toasts.show('calm', t.order.sentNow(place, units));
    void this.floor.kept.read();
  }
}

export const [getWorkspace, setWorkspace] = createContext<Workspace>();
