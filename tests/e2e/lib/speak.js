/**
 * The languages that screens speak, and how a screen comes to speak one.
 */

/** @typedef {'es' | 'en'} Language */

/** Both, to be looped over. */
export const LANGUAGES = /** @type {const} */ (['es', 'en']);

/** Two people with a language each, and the other way round: whoever acts, the other sees it in theirs. */
export const PAIRS = /** @type {const} */ ([
  ['es', 'en'],
  ['en', 'es'],
]);

/**
 * Has a signed-in person's screen speak a language.
 * @param {import('playwright-core').Page} page
 * @param {Language} language
 */
export async function speak(page, language) {
  await page.getByTestId('user-menu').click();
  await page.getByTestId(`language-${language}`).click();
  await page.getByTestId('close-sheet').click();
}

/**
 * Has every page of a browser speak a language from its first moment on, before anybody has signed in and whoever does.
 * @param {import('playwright-core').BrowserContext} context
 * @param {import('./core.js').Core} core
 * @param {Language} language
 */
export async function speakFromTheStart(context, core, language) {
  const { users } = await core.call('get_terminal', {});
  const people = ['', ...users.map((/** @type {{ id: string }} */ one) => one.id)];
  await context.addInitScript(
    ({ people: keys, language: chosen }) => {
      for (const key of keys) localStorage.setItem(`fastops.language.${key}`, chosen);
    },
    { people, language },
  );
}
