// What a tap does for whoever may, and what it asks for from whoever may not alone.

import { describe, expect, it } from 'vitest';
import { CallFailed } from '../../ipc/backend';
import type { Approval } from '../../ipc/bindings.gen';
import type { Approvers } from '../../ui/approval';
import { Acts, type Act } from './acts.svelte';

const LEAVE: Approval = { user_id: 'jorge', pin: '2222' };
const jorge: Approvers = () => Promise.resolve([{ id: 'jorge', name: 'Jorge', role: 'manager' }]);

function scene(approvers: Approvers | null, answers: (Error | null)[]) {
  const sent: { id: string; by: Approval | null }[] = [];
  const said: string[] = [];
  let done = 0;
  const acts = new Acts(
    { approversOf: () => approvers },
    { show: (state, text) => said.push(`${state}: ${text}`) },
    () => (done += 1),
  );
  const act: Act = {
    what: 'reprint t1',
    title: 'Reimprimir',
    permission: 'reprint_ticket',
    run: (id, by) => {
      sent.push({ id, by });
      const failure = answers.shift() ?? null;
      return failure === null ? Promise.resolve() : Promise.reject(failure);
    },
    said: 'Se reimprime',
  };
  return { acts, act, sent, said, done: () => done };
}

describe('an act on a ticket', () => {
  it('is done at once by whoever may, and a refusal is said', async () => {
    const { acts, act, sent, said, done } = scene(null, [null, new CallFailed('ticket_moved', 'Ya no.')]);
    await acts.start(act);
    expect([acts.asked, sent[0]?.by, said, done()]).toEqual([null, null, ['calm: Se reimprime'], 1]);
    await acts.start(act);
    expect([said.at(-1), done()]).toEqual(['alarm: Ya no.', 1]);
  });

  it('waits for somebody’s leave otherwise, and stays asked for after a wrong PIN', async () => {
    const { acts, act, sent, said } = scene(jorge, [new CallFailed('wrong_pin', 'PIN incorrecto.'), null]);
    await acts.start(act);
    expect(sent).toEqual([]);
    await expect(acts.approve({ ...LEAVE, pin: '0000' })).rejects.toThrow('PIN incorrecto.');
    expect([acts.asked?.act, said]).toEqual([act, []]);
    await acts.approve(LEAVE);
    expect([sent.at(-1)?.by, said]).toEqual([LEAVE, ['calm: Se reimprime']]);
    acts.drop();
    await acts.approve(LEAVE);
    expect(sent).toHaveLength(2);
  });

  it('is the same command when its answer was lost and the PIN is typed again', async () => {
    const { acts, act, sent } = scene(jorge, [new CallFailed('link_down', 'Sin conexión.'), null]);
    await acts.start(act);
    await expect(acts.approve(LEAVE)).rejects.toThrow('Sin conexión.');
    await acts.approve(LEAVE);
    expect(sent[1]?.id).toBe(sent[0]?.id);
  });
});
