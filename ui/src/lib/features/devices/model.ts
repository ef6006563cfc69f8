// What is known of a printer's model, with what most printers are where nothing is said.

import type { DeviceAbilities, DeviceProfile, DrawerSocket } from '../../ipc/bindings.gen';

/** Narrowest and widest paper that tickets are laid out for, in letters. */
export const COLUMNS = { least: 24, most: 64 } as const;
/** What a printer either has or has not. */
export const SWITCHES = ['cutter', 'pictures', 'qr', 'red'] as const;
export type Switch = (typeof SWITCHES)[number];
export const BUZZERS = ['silent', 'epson', 'clone'] as const;
export type Buzzer = (typeof BUZZERS)[number];

const USUAL_ABILITIES: DeviceAbilities = {
  cutter: true,
  pictures: true,
  qr: true,
  red: false,
  buzzer: 'silent',
};

/** As most printers are. */
export const USUAL: DeviceProfile = {
  columns: 48,
  code_page: 'cp858',
  code_table: 19,
  proof: 'fence',
  abilities: null,
  drawer: null,
};

/** The pins that a drawer can hang on. */
export const PINS = ['pin2', 'pin5'] as const;
/** Pulses that drawers want, in milliseconds. */
export const PULSES = [25, 50, 100, 200] as const;
const USUAL_DRAWER: DrawerSocket = { pin: 'pin2', pulse_ms: 50 };

export function drawerOf(profile: DeviceProfile): DrawerSocket {
  return profile.drawer ?? USUAL_DRAWER;
}

export function abilitiesOf(profile: DeviceProfile): DeviceAbilities {
  return profile.abilities ?? USUAL_ABILITIES;
}

/** The profile with some of its abilities changed, and the others as they were. */
export function withAbilities(profile: DeviceProfile, part: Partial<DeviceAbilities>): DeviceProfile {
  return { ...profile, abilities: { ...abilitiesOf(profile), ...part } };
}

export function buzzerOf(profile: DeviceProfile): Buzzer | null {
  return BUZZERS.find((one) => one === abilitiesOf(profile).buzzer) ?? null;
}
