import { describe, expect, it } from 'vitest';
import { CallFailed } from '../../ipc/backend';
import type { LogoPicture, LogoView } from '../../ipc/bindings.gen';
import { ScriptedBackend } from '../../ipc/testing';
import { ReceiptLogo } from './logo.svelte';

const PICTURE: LogoPicture = { width: 8, grey: '00'.repeat(64) };
const looks = (dots: string): LogoView => ({ looks: [{ paper_mm: 80, columns: 48, dots_wide: 8, dots }] });

/** A core that keeps a picture, and the page's part of it. */
async function kept(refuse: () => Error | null = () => null) {
  let now: LogoView | null = null;
  const backend = new ScriptedBackend({
    get_receipt_logo: () => ({ logo: now }),
    try_receipt_logo: () => {
      const refusal = refuse();
      if (refusal) throw refusal;
      return looks('ff');
    },
    set_receipt_logo: ({ picture }) => {
      const refusal = refuse();
      if (refusal) throw refusal;
      now = picture === null ? null : looks('ff');
      return { logo: now };
    },
  });
  const logo = new ReceiptLogo(backend);
  await logo.kept.read();
  return { backend, logo };
}

describe('the logo on receipts', () => {
  it('is seen before it is kept, and may be taken away again', async () => {
    const { backend, logo } = await kept();
    expect(logo.shown).toBeNull();
    await logo.look(() => Promise.resolve(PICTURE));
    expect(logo.shown).toEqual(looks('ff'));
    expect(backend.requests('set_receipt_logo')).toHaveLength(0);
    expect(await logo.keep()).toBe(true);
    expect([logo.tried, logo.shown]).toEqual([null, looks('ff')]);
    expect(backend.requests('set_receipt_logo').map(({ picture }) => picture)).toEqual([PICTURE]);
    expect(await logo.takeAway()).toBe(true);
    expect(logo.shown).toBeNull();
  });

  it('that is not wanted after all leaves what was there', async () => {
    const { backend, logo } = await kept();
    await logo.look(() => Promise.resolve(PICTURE));
    logo.forget();
    expect([logo.shown, await logo.keep()]).toEqual([null, false]);
    expect(backend.requests('set_receipt_logo')).toHaveLength(0);
  });

  it('that is refused says why, and what was chosen is still there', async () => {
    let refusal: Error | null = null;
    const { backend, logo } = await kept(() => refusal);
    await logo.look(() => Promise.reject(new Error('no picture')));
    expect([logo.problem, logo.tried]).toEqual(['no picture', null]);
    await logo.look(() => Promise.resolve(PICTURE));
    refusal = new CallFailed('link_down', 'nobody answered');
    expect(await logo.keep()).toBe(false);
    expect([logo.problem, logo.shown]).toEqual(['nobody answered', looks('ff')]);
    refusal = null;
    expect(await logo.keep()).toBe(true);
    const ids = backend.requests('set_receipt_logo').map(({ command_id }) => command_id);
    expect(ids[0]).toBe(ids[1]);
    expect(logo.problem).toBeNull();
  });

  it('that another terminal changed is read again', async () => {
    const { backend, logo } = await kept();
    logo.hear({ kind: 'settings_changed' });
    await expect.poll(() => backend.requests('get_receipt_logo').length).toBe(2);
  });
});
