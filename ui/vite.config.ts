// How the UI is bundled and tested.
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [sveltekit()],
  // Fonts and icons stay files: the content policy lets nothing in as data but pictures.
  build: { target: 'es2022', assetsInlineLimit: 0 },
  // The state classes under test are the browser's, not the server's.
  ...(process.env.VITEST ? { resolve: { conditions: ['browser'] } } : {}),
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
