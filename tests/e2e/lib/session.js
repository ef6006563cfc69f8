/**
 * What somebody does without a screen: a session of a person at the first terminal.
 */
import { randomUUID } from 'node:crypto';
import { PINS } from './till.js';

/**
 * @param {import('./core.js').Core} core
 * @param {import('./till.js').Person} person
 * @returns {Promise<string>}
 */
export async function sessionOf(core, person) {
  const { users, terminals } = await core.call('get_terminal', {});
  const user = users.find((/** @type {{ name: string }} */ one) => one.name === person);
  const request = { user_id: user.id, pin: PINS[person], terminal_id: terminals[0].id };
  return (await core.call('log_in', request)).session;
}

/**
 * Takes permissions away from a role.
 * @param {import('./core.js').Core} core
 * @param {'cashier' | 'waiter' | 'kitchen'} role
 * @param {...string} permissions
 */
export async function forbid(core, role, ...permissions) {
  const session = await sessionOf(core, 'Camila');
  for (const permission of permissions) {
    await core.call('change_role', { command_id: randomUUID(), role, permission, allowed: false }, session);
  }
}
