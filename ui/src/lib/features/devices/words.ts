// Devices in few words: where each is found, and what can be believed of it.

import type { I18n } from '../../i18n/i18n.svelte';
import type { ChainPlace, DeviceView, StationRef } from '../../ipc/bindings.gen';
import { isPrinter, read, type Form } from './address';

export const PROOFS = ['process_id', 'fence', 'state', 'none'] as const;

/** Where a device is found, as a person says it; an address of an unknown kind as it is. */
export function placeWords(address: string, i18n: I18n, stations: readonly StationRef[]): string {
  const form = read(address);
  return form === null ? address : formWords(form, i18n, stations);
}

function formWords(form: Form, i18n: I18n, stations: readonly StationRef[]): string {
  const words = i18n.t.devices.places;
  switch (form.kind) {
    case 'network':
      return words.network(form.host, form.port);
    case 'usb':
      return usbWords(form, i18n);
    case 'serial':
      return words.serial(form.line, form.baud);
    case 'spooler':
      return words.spooler(form.queue);
    case 'file':
      return words.file(form.file);
    case 'screen':
      return words.screen(stations.find((one) => one.code === form.station)?.name ?? form.station);
    case 'folder':
      return words.folder(form.folder);
    case 'mail':
      return words.mail(form.mailbox);
  }
}

function usbWords(form: Form, i18n: I18n): string {
  const words = i18n.t.devices.places;
  const told = [words.usb(`${form.vendor}:${form.product}`)];
  if (form.serial !== '') told.push(words.usbSerial(form.serial));
  if (form.socket !== '') told.push(words.usbSocket(form.socket));
  return told.join(', ');
}

/** How far what a device says of its paper can be believed. */
export function proofWords(device: DeviceView, i18n: I18n): string {
  const words = i18n.t.devices.proofs;
  const form = read(device.address);
  if (form !== null && !isPrinter(form.kind)) return words.outlet;
  return words[PROOFS.find((one) => one === device.profile.proof) ?? 'none'];
}

export function placeName(place: ChainPlace, devices: readonly DeviceView[], i18n: I18n): string {
  if (place === 'sender') return i18n.t.devices.chain.sender;
  return devices.find((device) => device.id === place.device)?.name ?? place.device;
}

/** What a place's tier means: the first, one of those that share it, or which backup. */
export function rankWords(tiers: readonly ChainPlace[][], tier: number, i18n: I18n): string {
  const words = i18n.t.devices.chain;
  if (tier > 0) return words.backup(tier);
  return (tiers[0]?.length ?? 0) > 1 ? words.sharing : words.first;
}
