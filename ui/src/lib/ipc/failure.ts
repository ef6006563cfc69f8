// Failures that the screen makes itself when no answer, or no readable answer, came back.

import type { Catalogue } from '../i18n/es';
import { CallFailed } from './backend';
import type { Failure } from './bindings.gen';

export type FailureWords = Catalogue['common']['failures'];

/** Whether a value is the core's way of saying no. */
function isFailure(value: unknown): value is Failure {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    typeof value.code === 'string' &&
    'message' in value &&
    typeof value.message === 'string'
  );
}

/** The error for whatever a host rejected with. */
export function callFailed(reason: unknown, words: FailureWords): CallFailed {
  if (reason instanceof CallFailed) return reason;
  if (isFailure(reason)) return new CallFailed(reason.code, reason.message);
  return new CallFailed('internal', words.odd);
}
