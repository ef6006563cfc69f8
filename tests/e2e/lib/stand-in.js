/**
 * A restaurant where the bar's printer stands in for the kitchen's: there is no screen yet that says so to the
 * program, so its rows are written behind its back while it is closed.
 */
import { Postgres } from './postgres.js';
import { Stage } from './stage.js';

const BAR_STANDS_IN_FOR_KITCHEN = `
  INSERT INTO station_target (id, station_id, position, kind, printer_id, shares)
  SELECT gen_random_uuid(), station.id, 1, 'printer', printer.id, FALSE
  FROM station CROSS JOIN printer
  WHERE station.name = 'Cocina' AND printer.name = 'Bar'`;

/** The restaurant, open. @returns {Promise<{ stage: Stage, close: () => Promise<void> }>} */
export async function openWithStandIn() {
  const server = await Postgres.start();
  try {
    const stage = await Stage.open(server.url);
    await stage.core.leave();
    await server.write(BAR_STANDS_IN_FOR_KITCHEN);
    await stage.core.resume();
    const close = async () => {
      await stage.close();
      await server.stop();
    };
    return { stage, close };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
