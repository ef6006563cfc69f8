// Words of a house that is founded, and of what comes after it.

import type { Catalogue } from '../es';

export const firstRun: Catalogue['firstRun'] = {
  progress: (step: number, steps: number) => `Step ${String(step)} of ${String(steps)}`,
  titles: {
    place: 'Where is your business?',
    house: 'What business is it?',
    you: 'Who are you?',
  },
  hints: {
    place: 'The currency and the tax of every price come from here. Look at them well.',
    house: 'Your stations, tables and menu are made from this.',
    you: 'The first person may do everything. You add the others later.',
  },
  language: 'Language',
  country: 'Country',
  otherCountry: 'Another country',
  tax: (name: string) => `${name}, in %`,
  taxIncluded: 'Prices already include it. Check the rate with your accountant.',
  taxAdded: 'It is added to the price. Check the rate with your accountant.',
  currency: (code: string) => `Prices are in ${code}.`,
  name: 'Name of the business',
  nameHint: 'As it should stand on bills.',
  kind: 'Kind of business',
  kinds: { restaurant: 'Restaurant', cafe: 'Café', bar: 'Bar', shop: 'Shop' },
  menu: 'Menu',
  sample: 'A sample',
  sampleHint: 'A few products that you change later',
  own: 'My own, from scratch',
  ownHint: 'You write it in “Menu”',
  tables: 'Tables',
  fewerTables: 'One table fewer',
  moreTables: 'One table more',
  tablesHint: 'You move and change them in “Floor plan”.',
  admin: 'Your name',
  adminHint: 'Shown at the sign-in and on every order.',
  pin: 'PIN',
  pinHint: 'Four digits that you can remember.',
  pinAgain: 'The PIN again',
  faults: {
    missing: 'This is missing.',
    rate: 'Type a percentage from 0 to 100, such as 8 or 10.5.',
    shape: 'The PIN is four digits.',
    differs: 'It is not the same PIN. Type it again.',
  },
  later: 'Continue later',
  back: 'Back',
  next: 'Next',
  found: 'Create the business',
  founding: 'Creating…',
  steps: {
    title: 'First steps',
    done: (done: number, all: number) => `${String(done)} of ${String(all)} done`,
    ready: 'Everything is ready to sell.',
    isDone: 'Done',
    isOpen: 'To do',
    printers: 'Printers',
    printersHint: (served: number, stations: number) =>
      stations === 1
        ? served === 1
          ? 'The station has somewhere to print.'
          : 'The station has nowhere to print yet.'
        : `${String(served)} of ${String(stations)} stations have somewhere to print.`,
    menu: 'Menu',
    menuHint: (products: number) =>
      products === 0
        ? 'There are no products yet.'
        : products === 1
          ? 'There is one product on sale.'
          : `There are ${String(products)} products on sale.`,
    tables: 'Tables',
    tablesHint: (tables: number) =>
      tables === 0
        ? 'Only if you serve at tables.'
        : tables === 1
          ? 'There is one table.'
          : `There are ${String(tables)} tables.`,
    people: 'People',
    peopleHint: (people: number) =>
      people === 1
        ? 'Only you can sign in for now. Add those who work here.'
        : `${String(people)} people can sign in.`,
    ticket: 'First ticket',
    ticketHint: 'Take a trial order and watch it come out on paper.',
    ticketDone: 'A ticket has come out on paper.',
    open: 'Open',
    notAllowed: 'see the first steps',
    fromSettings: 'See the first steps',
    left: (steps) => `Still to do: ${steps}.`,
    look: 'See',
    forget: 'Do not remind again',
    forgotten: 'No more reminders. The first steps are at the foot of “Settings”.',
  },
};
