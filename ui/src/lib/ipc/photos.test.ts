import { describe, expect, it } from 'vitest';
import { CallFailed } from './backend';
import { ScriptedBackend } from './testing';
import { Photos } from './photos.svelte';

const settled = () => new Promise((done) => setTimeout(done));

function core(gone: string[] = []) {
  return new ScriptedBackend({
    get_photos: ({ photo_ids }) => ({
      photos: photo_ids
        .filter((id) => !gone.includes(id))
        .map((id) => ({ id, media_type: 'image/png', picture: `P${id}` })),
    }),
  });
}

describe('pictures of products', () => {
  it('are asked for together and once', async () => {
    const backend = core();
    const photos = new Photos(backend);
    expect([photos.of('a'), photos.of('b'), photos.of('a'), photos.of(null)]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    await settled();
    expect([photos.of('a'), photos.of('b')]).toEqual([
      'data:image/png;base64,Pa',
      'data:image/png;base64,Pb',
    ]);
    expect(backend.requests('get_photos')).toEqual([{ photo_ids: ['a', 'b'] }]);
  });

  it('come in as many answers as the core needs', async () => {
    const backend = core();
    const photos = new Photos(backend);
    for (let n = 0; n < 130; n += 1) photos.of(String(n));
    await settled();
    expect(backend.requests('get_photos').map(({ photo_ids }) => photo_ids.length)).toEqual([60, 60, 10]);
    expect(photos.of('129')).toBe('data:image/png;base64,P129');
  });

  it('that are gone are not asked for again; after a broken line they are', async () => {
    const backend = core(['gone']);
    const photos = new Photos(backend);
    photos.of('gone');
    await settled();
    expect(photos.of('gone')).toBeNull();
    await settled();
    expect(backend.requests('get_photos')).toHaveLength(1);

    const broken = () => Promise.reject(new CallFailed('link_down', 'No hay conexión.'));
    backend.answers.get_photos = broken;
    photos.of('a');
    await settled();
    backend.answers.get_photos = core().answers.get_photos ?? broken;
    expect(photos.of('a')).toBeNull();
    await settled();
    expect(photos.of('a')).toBe('data:image/png;base64,Pa');
  });
});
