/**
 * Has a signed-in person's screen speak a language.
 * @param {import('playwright-core').Page} page
 * @param {'es' | 'en'} language
 */
export async function speak(page, language) {
  await page.getByTestId('user-menu').click();
  await page.getByTestId(`language-${language}`).click();
  await page.getByTestId('close-sheet').click();
}
