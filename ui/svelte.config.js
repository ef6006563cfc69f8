// How SvelteKit builds: static files only, so that the window's shell and the HTTP host serve the same bytes.
import adapter from '@sveltejs/adapter-static';

/** @type {import('@sveltejs/kit').Config} */
export default {
  compilerOptions: { runes: true },
  kit: {
    adapter: adapter({ pages: 'build', assets: 'build', fallback: 'index.html' }),
    // The program stands beside the screen: one file is there sooner than a hundred small ones.
    output: { bundleStrategy: 'single' },
    // Named, not timed: the same sources give the same files.
    version: { name: 'fastops' },
    csp: {
      mode: 'hash',
      directives: {
        'default-src': ['none'],
        'script-src': ['self'],
        'style-src': ['self'],
        // The framework's own screen-reader announcer carries one inline style; its hash is the only one let in.
        'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
        'img-src': ['self', 'data:'],
        'font-src': ['self'],
        'connect-src': ['self', 'ipc:', 'http://ipc.localhost'],
        'base-uri': ['none'],
        'form-action': ['none'],
      },
    },
  },
};
