// Lint rules: the recommended sets, the tier borders, no import cycles, and the files that may talk to a host.
import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import boundaries from 'eslint-plugin-boundaries';
import importX from 'eslint-plugin-import-x';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** What each tier may import besides itself. Features never import each other. */
const tiers = (...types) => ({ to: { element: { types: { anyOf: types } } } });
const from = (type, ...allow) => ({ from: { element: { type } }, allow });
const sameFeature = {
  to: { element: { type: 'feature', captured: { name: '{{ from.element.captured.name }}' } } },
};
const allowed = [
  from('i18n', tiers('i18n')),
  from('ui', tiers('ui', 'i18n')),
  from('ipc', tiers('ipc', 'i18n')),
  from('feature', tiers('ui', 'ipc', 'i18n'), sameFeature),
  from('route', tiers('route', 'feature', 'ui', 'ipc', 'i18n', 'styles')),
];

const hosts = {
  tauri: { group: ['@tauri-apps/*'], message: 'Only ipc/tauri.ts knows the window shell.' },
  globals: ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'].map((name) => ({
    name,
    message: 'Only ipc/http.ts talks to the HTTP host.',
  })),
};

export default ts.config(
  { ignores: ['build/', '.svelte-kit/', 'node_modules/', 'src/lib/ipc/bindings.gen.ts'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  prettier,
  ...svelte.configs.prettier,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { extraFileExtensions: ['.svelte'], parser: ts.parser, svelteConfig },
    },
  },
  {
    files: ['src/**/*.{ts,svelte}'],
    // The pages are served from the root of the host; there is no base path to resolve.
    rules: { 'svelte/no-navigation-without-resolve': 'off' },
  },
  {
    files: ['src/**/*.{ts,svelte}'],
    plugins: { boundaries, 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createTypeScriptImportResolver({ project: './tsconfig.json' })],
      'import/resolver': { typescript: { project: './tsconfig.json' } },
      'import-x/parsers': { 'svelte-eslint-parser': ['.svelte'], '@typescript-eslint/parser': ['.ts'] },
      'import-x/extensions': ['.ts', '.js', '.svelte'],
      'boundaries/include': ['src/**/*'],
      'boundaries/elements': [
        { type: 'styles', pattern: 'src/lib/styles' },
        { type: 'i18n', pattern: 'src/lib/i18n' },
        { type: 'ipc', pattern: 'src/lib/ipc' },
        { type: 'ui', pattern: 'src/lib/ui' },
        { type: 'feature', pattern: 'src/lib/features/*', capture: ['name'] },
        { type: 'route', pattern: 'src/routes' },
      ],
    },
    rules: {
      'boundaries/dependencies': ['error', { default: 'disallow', policies: allowed }],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-self-import': 'error',
      'no-restricted-imports': ['error', { patterns: [hosts.tauri] }],
      'no-restricted-globals': ['error', ...hosts.globals],
      'max-lines': ['error', { max: 500 }],
      'max-lines-per-function': ['error', { max: 70, skipComments: true, skipBlankLines: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // What a screen shows is `$state`; a Set of listeners or a Map inside a function is meant to be plain.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  { files: ['src/**/*.test.ts'], rules: { 'max-lines-per-function': 'off' } },
  { files: ['src/lib/ipc/tauri.ts'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['src/lib/ipc/http.ts'], rules: { 'no-restricted-globals': 'off' } },
);
