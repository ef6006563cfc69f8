// The colours that the design system has for the categories of a menu.

export const CHIPS = ['tomato', 'amber', 'leaf', 'teal', 'sky', 'indigo', 'plum', 'rose'] as const;
