// Words of what has run out and of how much is left.

import type { Catalogue } from '../es';
import { form } from '../plural';

export const availability: Catalogue['availability'] = {
  title: 'What is left',
  openOf: (name) => `What is left of ${name}`,
  soldOut: 'Sold out',
  left: (count) => form(count, '1 left', `${String(count)} left`),
  onlyLeft: (count) => form(count, 'Only 1 left', `Only ${String(count)} left`),
  noLimit: 'Sold without a limit',
  again: 'There is some again',
  howMany: 'How many are left?',
  sayLeftNone: 'Type how many',
  until: 'Until when?',
  untilDay: 'Until the day closes',
  untilDayHint: 'tomorrow it is sold again',
  untilWord: 'Until somebody changes it',
  saidBy: (who, time) => `${who} said so, ${time}.`,
  byStock: 'by the stock',
  nowSold: (name) => `${name}: there is some again.`,
  nowLeft: (name, units) =>
    units === 0
      ? `${name}: sold out. The tills no longer offer it.`
      : `${name}: ${String(units)} left. The tills count what is sent.`,
  stillGone: (name) => `${name} is still sold out: its stock, or what goes into it, does not suffice.`,
  tooMany: (name, left, wanted) =>
    `${String(left)} of ${name} ${form(left, 'is', 'are')} left, and the order has ${String(wanted)}. Nothing was sent: lower the number or offer something else.`,
  goneInCart: (name) =>
    `${name} is sold out. Nothing was sent: take it off the order or offer something else.`,
  limitedNow: 'Sold out or counted now',
  limitedNone: 'Nothing is sold out.',
  all: (station) => `Everything that ${station} makes`,
  allStations: 'Everything that is made',
  search: 'Find a product',
  nothing: (text) => `Nothing here is called “${text}”.`,
  soldOutOf: (name) => `Sold out: ${name}`,
  againOf: (name) => `There is some again: ${name}`,
};
