// Words as large as they fit into one line.

/**
 * A font size at which text fits across its container, and no more than a size of the design system.
 * @param glyphs How many characters it has.
 * @param slim How many of them fit across when each is as high as the container is wide.
 */
export function fitting(glyphs: number, slim: number, most: 'section' | 'list'): string {
  return `min(${String((100 * slim) / glyphs)}cqi, var(--text-${most}))`;
}
