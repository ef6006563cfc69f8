/**
 * A restaurant where the bar's printer stands in for the kitchen's, as its manager has said.
 */
import { randomUUID } from 'node:crypto';
import { sessionOf } from './session.js';
import { Stage } from './stage.js';

/** The restaurant, open. */
export async function openWithStandIn() {
  const stage = await Stage.open();
  try {
    await barStandsInForKitchen(stage.core);
    return stage;
  } catch (error) {
    await stage.close();
    throw error;
  }
}

/** @param {import('./core.js').Core} core */
async function barStandsInForKitchen(core) {
  const session = await sessionOf(core, 'Jorge');
  const { devices, chains } = await core.call('get_print_setup', {}, session);
  const bar = devices.find((/** @type {{ name: string }} */ one) => one.name === 'Bar');
  const kitchen = chains.find((/** @type {{ station: string }} */ one) => one.station === 'Cocina');
  const chain = {
    command_id: randomUUID(),
    station_id: kitchen.station_id,
    tiers: [...kitchen.tiers, [{ device: bar.id }]],
  };
  await core.call('set_station_chain', chain, session);
}
