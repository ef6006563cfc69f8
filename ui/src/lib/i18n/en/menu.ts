// Words of the menu, the search and the modifiers sheet.

import type { Catalogue } from '../es';
import { form, plural } from '../plural';

const ordinal = (value: number) => `${String(value)}${['th', 'st', 'nd', 'rd'][value] ?? 'th'}`;

export const menu: Catalogue['menu'] = {
  categories: 'Categories',
  favourites: 'Favourites',
  search: 'Search or scan…',
  results: (count, text) => `${plural(count, 'result', 'results')} for “${text}”`,
  firstResults: (count, text) => `The first ${String(count)} for “${text}”: type more letters`,
  similar: (text) => `Nothing is called “${text}”; these are close`,
  nothing: (text) => `No product is called “${text}”.`,
  nothingHint: 'Try fewer letters, or the short code.',
  enterAdds: (name) => `Enter adds ${name}`,
  arrows: '↑ ↓ choose another',
  soldOutMarked: (name) => `${name} is sold out`,
  empty: 'The menu is empty.',
  emptyHint: 'An administrator must create the products.',
  emptyCategory: 'This category has no products.',
  soldOut: 'Sold out',
  offMenu: 'No longer on the menu',
  answerGone: 'Something chosen is offered no more: change it',
  offMenuNow: (name) => `“${name}” is no longer on the menu. Take it off the order.`,
  left: (count) => `${String(count)} left`,
  soldOutNow: (name) => `“${name}” is sold out. Choose another product.`,
  scannedInSheet: (code) => `What was scanned (${code}) was not added: finish first what is open.`,
  units: (count, name) => (count === 1 ? `${name}` : `${String(count)} × ${name}`),
  unitsWanted: (count) => `${String(count)} ×: tap a product or type its name`,
  inCart: (count) => `${String(count)} in the order`,
  sheet: {
    forced: (min, max) =>
      min === max
        ? form(min, 'Choose 1', `Choose ${String(min)}`)
        : `Choose ${String(min)} to ${String(max)}`,
    optional: (max) => form(max, 'Optional · up to 1', `Optional · up to ${String(max)}`),
    repeats: 'the same again if you like',
    portioning: {
      dearest: 'in equal parts, the dearest is charged',
      mean: 'in equal parts, the average is charged',
    },
    missing: (group) => `Still to choose: ${group}`,
    variant: 'Variant',
    add: (count) => `Add ${String(count)}`,
    save: 'Save changes',
    quantity: 'Quantity',
    change: (count) => `Change to ${String(count)}`,
    course: 'Course',
    courseName: (course) => `${ordinal(course)} course`,
    note: 'Note for the kitchen',
    notePlaceholder: 'For example: medium rare, no salt',
    allergy: 'Allergy',
    allergyPlaceholder: 'For example: peanuts, shellfish',
    remove: 'Take out of the order',
    oneLess: (name) => `One less: ${name}`,
    extra: (price) => `+ ${price}`,
  },
  allergens: ['peanuts', 'nuts', 'shellfish', 'fish', 'egg', 'milk', 'gluten', 'soya'],
  phrases: {
    without: 'No',
    withoutThis: (what) => `no ${what}`,
    withoutWhat: ['onion', 'salt', 'chilli', 'coriander', 'sauce', 'sugar', 'ice'],
    extra: 'Extra',
    extraOf: (what) => `extra ${what}`,
    extraWhat: ['cheese', 'sauce', 'chilli', 'lemon', 'ice'],
    other: 'Also',
    otherPhrases: ['very hot', 'well done', 'sauce apart', 'to share', 'to go'],
  },
};
