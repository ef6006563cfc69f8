// What a refusal is about: the core says what is wrong, the form shows it where that is.

import { CallFailed } from '../../ipc/backend';
import type { ProductSetup } from '../../ipc/bindings.gen';

/** Longest name of a category, a product, a question or an answer. */
export const MOST_NAME = 60;
export const MOST_CODE = 12;
/** Most minutes that making a product can be said to take. */
const MOST_MINUTES = 24 * 60;
/** Most answers of a question. */
export const MOST_ANSWERS = 60;

export type ProductPart = 'name' | 'code' | 'price' | 'station' | 'questions' | 'taxes' | 'minutes' | 'slots';

type Typed = Pick<ProductSetup, 'name' | 'short_code' | 'preparation_minutes'> & {
  slots: readonly { name: string }[] | null;
};

/** The part of a product's form that a refusal is about; none when it is about no single part. */
export function productPart(error: unknown, typed: Typed, codeTaken: boolean): ProductPart | null {
  if (!(error instanceof CallFailed)) return null;
  switch (error.code) {
    case 'name_taken':
    case 'id_taken':
      return codeTaken ? 'code' : 'name';
    case 'out_of_bounds':
      if (typed.name.trim() === '' || typed.name.length > MOST_NAME) return 'name';
      if (/\s/.test(typed.short_code.trim()) || typed.short_code.length > MOST_CODE) return 'code';
      if (typed.slots?.some((slot) => slot.name.trim() === '') === true) return 'slots';
      return typed.preparation_minutes > MOST_MINUTES ? 'minutes' : 'price';
    case 'unknown_station':
    case 'no_route':
      return 'station';
    case 'bad_modifier':
      return 'questions';
    case 'bad_combo':
      return 'slots';
    default:
      return null;
  }
}

export type CategoryPart = 'name' | 'station';

export function categoryPart(error: unknown): CategoryPart | null {
  if (!(error instanceof CallFailed)) return null;
  if (error.code === 'unknown_station' || error.code === 'no_route') return 'station';
  return error.code === 'name_taken' || error.code === 'out_of_bounds' ? 'name' : null;
}

export type GroupPart = 'name' | 'bounds' | 'answers';

/** An answer as it is typed. */
export type Answer = { id: string; name: string; surcharge: string };

export function groupPart(error: unknown, name: string, answers: readonly Answer[]): GroupPart | null {
  if (!(error instanceof CallFailed)) return null;
  if (error.code === 'bad_modifier') return 'answers';
  if (error.code !== 'out_of_bounds') return null;
  if (name.trim() === '') return 'name';
  return answers.some((one) => one.name.trim() === '') ? 'answers' : 'bounds';
}

export type TaxPart = 'name' | 'rate';

export function taxPart(error: unknown, name: string): TaxPart | null {
  if (!(error instanceof CallFailed)) return null;
  if (error.code === 'name_taken') return 'name';
  if (error.code !== 'out_of_bounds') return null;
  return name.trim() === '' || name.length > MOST_NAME ? 'name' : 'rate';
}
