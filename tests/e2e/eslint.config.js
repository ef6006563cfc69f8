import js from '@eslint/js';
import globals from 'globals';

export default [
  { ignores: ['out/**', 'node_modules/**'] },
  js.configs.recommended,
  {
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'object-shorthand': 'error',
      curly: ['error', 'multi-line'],
    },
  },
  { files: ['bench/**', 'screenshots/**'], rules: { 'no-console': 'off' } },
];
