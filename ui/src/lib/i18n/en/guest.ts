// Words that guests read on their own window.

import type { Catalogue } from '../es';

export const guest: Catalogue['guest'] = {
  open: 'Open the guests’ window',
  title: 'Guests’ window',
  order: 'Your order',
  total: 'Total',
  counting: 'Adding up…',
  welcome: 'Welcome.',
  ready: 'Ready to pick up',
  making: 'Being made',
};
