// What a person has typed for an order and the core does not have yet.
//
// Lines wait in the cart until they are sent; then they travel as a batch whose command is written down first,
// so that the very same command can be sent again after a cut, a crash or a reload.

import type {
  AddLines,
  ComboPart,
  CreateOrder,
  NewLine,
  OrderContact,
  OrderType,
} from '../../ipc/bindings.gen';
import { NOBODY } from './contact';

/** What was chosen for a combo: what is sent, and the names to show without asking. */
export type CartPart = ComboPart & { name: string; modifier_names: string[] };

/** A line of the cart: what is sent, and the names to show without asking. */
export type CartLine = Omit<NewLine, 'parts'> & {
  name: string;
  modifier_names: string[];
  parts: CartPart[];
};

/**
 * What keeps a line from being ordered: its product ran out, left the menu, or no longer offers what was chosen; or there
 * is less left of a product than the whole cart asks for.
 */
export type Standing = 'soldOut' | 'offMenu' | 'answerGone' | { product_id: string; left: number };

/** A command on its way whose answer has not come. */
export type Batch = { lines: CartLine[] } & (
  { command: 'create_order'; request: CreateOrder } | { command: 'add_lines'; request: AddLines }
);

export type Draft = {
  order_id: string;
  order_type: OrderType;
  table: { id: string; name: string; room: string } | null;
  customer: string | null;
  covers: number | null;
  note: string | null;
  urgent: boolean;
  contact: OrderContact;
  /** The house is to know whoever ordered the next time. */
  remember: boolean;
  /** Whether the core has the order already: then lines are added to it. */
  known: boolean;
  lines: CartLine[];
  batch: Batch | null;
};

/** What is said of an order besides its lines. */
export type Details = Pick<
  Draft,
  'order_type' | 'customer' | 'covers' | 'note' | 'urgent' | 'contact' | 'remember'
>;

/** Where an order is taken, before anything is typed. */
export type Place = Pick<Draft, 'order_type' | 'table'>;

export function newDraft(orderId: string, place: Place, known: boolean): Draft {
  return {
    order_id: orderId,
    order_type: place.order_type,
    table: place.table,
    customer: null,
    covers: null,
    note: null,
    urgent: false,
    contact: NOBODY,
    remember: false,
    known,
    lines: [],
    batch: null,
  };
}

/** Whether losing this draft would lose nothing. */
export function isEmpty(draft: Draft): boolean {
  const said = [draft.customer, draft.note, draft.covers, ...Object.values(draft.contact)];
  return (
    draft.lines.length === 0 && draft.batch === null && (draft.known || said.every((one) => one === null))
  );
}

/** How many units the lines come to. */
export function units(lines: readonly CartLine[]): number {
  return lines.reduce((sum, line) => sum + line.quantity, 0);
}

/** Whether two lines ask for exactly the same thing, so that one with more units says both. */
export function sameWish(a: CartLine, b: CartLine): boolean {
  return (
    a.product_id === b.product_id &&
    a.variant_id === b.variant_id &&
    a.course === b.course &&
    (a.seat ?? null) === (b.seat ?? null) &&
    a.held === b.held &&
    a.note === b.note &&
    a.allergy === b.allergy &&
    answersOf(a) === answersOf(b) &&
    partsOf(a) === partsOf(b)
  );
}

function answersOf({ modifier_ids }: Pick<NewLine, 'modifier_ids'>): string {
  return [...modifier_ids].sort().join();
}

/** What was chosen for a combo, as one word. */
function partsOf({ parts }: CartLine): string {
  const said = parts.map((part) =>
    [part.slot_id, part.product_id, part.variant_id, answersOf(part)].join('/'),
  );
  return said.sort().join(' ');
}

/** The line as the core takes it. */
export function wireLine(line: CartLine): NewLine {
  const { id, product_id, variant_id, quantity, modifier_ids, note, allergy, course } = line;
  // A cart that was kept by an earlier program knows neither seats, what is held nor combos.
  const { seat = null, held = false, parts = [] } = line as Partial<CartLine>;
  return {
    id,
    product_id,
    variant_id,
    quantity,
    modifier_ids: [...modifier_ids],
    note,
    allergy,
    course,
    seat,
    held,
    parts: parts.map(wirePart),
  };
}

function wirePart({ id, slot_id, product_id, variant_id, modifier_ids }: CartPart): ComboPart {
  return { id, slot_id, product_id, variant_id, modifier_ids: [...modifier_ids] };
}

/** Writes down the command that sends the draft's lines. */
export function batchOf(draft: Draft, commandId: string): Batch {
  const lines = draft.lines.map((line) => ({ ...line, modifier_names: [...line.modifier_names] }));
  const sent = lines.map(wireLine);
  const base = { command_id: commandId, order_id: draft.order_id };
  if (draft.known) return { lines, command: 'add_lines', request: { ...base, lines: sent } };
  const { order_type, customer, covers, note, urgent } = draft;
  const contact = { ...draft.contact };
  const table_id = draft.table?.id ?? null;
  const about = {
    order_type,
    table_id,
    customer,
    covers,
    note,
    urgent,
    contact,
  };
  const request = { ...base, ...about, lines: sent };
  return { lines, command: 'create_order', request };
}
