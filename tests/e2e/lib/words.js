/**
 * Comparing what different media say: paper shouts and wraps, screens style with CSS, the words are the same.
 */

/** @param {string} text */
function plain(text) {
  return text.replace(/\s+/g, ' ').toUpperCase();
}

/**
 * Which of these words the text does not hold, in any case and wherever its lines wrap.
 * @param {string} text
 * @param {string[]} words
 */
export function missing(text, ...words) {
  const whole = plain(text);
  return words.filter((word) => !whole.includes(plain(word)));
}

/**
 * @param {string} text
 * @param {string[]} words
 */
export function says(text, ...words) {
  return missing(text, ...words).length === 0;
}
