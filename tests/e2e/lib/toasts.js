/**
 * Takes away what was said in passing, as a person does who cannot wait until it goes by itself. A word that lies over
 * something would be what the hand touches.
 * @param {import('playwright-core').Page} page
 */
export async function hush(page) {
  const said = page.getByTestId('toast');
  await said.locator('.dismiss').evaluateAll((all) => {
    for (const one of all) if (one instanceof HTMLElement) one.click();
  });
  await said.first().waitFor({ state: 'detached' });
}
