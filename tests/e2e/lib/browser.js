/**
 * Chromium as the browser host's window, without its own errands on the network.
 */
import { chromium } from 'playwright-core';
import { chromiumProgram } from './paths.js';
import { PATIENCE_MS } from './until.js';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-sync',
  '--metrics-recording-only',
  '--no-first-run',
  '--no-proxy-server',
  '--autoplay-policy=document-user-activation-required',
];

export function launch() {
  return chromium.launch({ executablePath: chromiumProgram(), headless: true, args: FLAGS });
}

/**
 * A person's own browser: nothing is shared with another one.
 * @param {import('playwright-core').Browser} browser
 * @param {{ locale?: string, colorScheme?: 'light' | 'dark', viewport?: { width: number, height: number }, reducedMotion?: 'reduce', hasTouch?: boolean, isMobile?: boolean }} [options]
 */
export async function person(browser, options = {}) {
  const context = await browser.newContext({
    locale: 'es-CO',
    timezoneId: 'America/Bogota',
    viewport: { width: 1366, height: 768 },
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  context.setDefaultNavigationTimeout(PATIENCE_MS);
  return context;
}
