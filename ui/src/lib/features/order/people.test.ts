import { describe, expect, it } from 'vitest';
import type { CustomerPage, CustomerView } from '../../ipc/bindings.gen';
import { ScriptedBackend } from '../../ipc/testing';
import { People } from './people.svelte';

function customer(name: string): CustomerView {
  const details = { name, phone: '300', email: null, address: null, tax_number: null, note: null };
  return { id: name, active: true, details };
}

const page = (...names: string[]): CustomerPage => ({ customers: names.map(customer), end: null });

describe('those whom the house knows', () => {
  it('are asked for when enough is typed', async () => {
    const backend = new ScriptedBackend({ find_customers: () => page('Rosa') });
    const people = new People(backend);
    await people.find('phone', '(30');
    await people.find('name', ' R ');
    expect([backend.asked, people.found]).toEqual([[], []]);
    await people.find('phone', '(300) ');
    expect(backend.requests('find_customers')).toMatchObject([{ by: 'phone', text: '(300)' }]);
    expect(people.found.map((one) => one.id)).toEqual(['Rosa']);
    await people.find('phone', '30');
    expect(people.found).toEqual([]);
  });

  it('are those of the newest question', async () => {
    const answers: ((page: CustomerPage) => void)[] = [];
    const asked = () => new Promise<CustomerPage>((answer) => answers.push(answer));
    const people = new People(new ScriptedBackend({ find_customers: asked }));
    const first = people.find('name', 'ros');
    const second = people.find('name', 'rosa');
    answers[1]?.(page('Rosa'));
    answers[0]?.(page('Rosendo'));
    await Promise.all([first, second]);
    expect(people.found.map((one) => one.id)).toEqual(['Rosa']);
    const late = people.find('name', 'rosar');
    people.forget();
    answers[2]?.(page('Rosario'));
    await late;
    expect(people.found).toEqual([]);
  });

  it('are nobody when they cannot be asked', async () => {
    const people = new People(new ScriptedBackend({}));
    await people.find('name', 'rosa');
    expect(people.found).toEqual([]);
  });
});
