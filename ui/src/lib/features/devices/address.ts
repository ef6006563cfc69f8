// A device's address: a form of few words for each kind of cable, and the one line that the core keeps. What is
// typed is judged by the core alone; here it is only put together and taken apart.

export const KINDS = ['network', 'usb', 'serial', 'spooler', 'file', 'screen', 'folder', 'mail'] as const;
export type Kind = (typeof KINDS)[number];

export const PARITIES = ['none', 'odd', 'even'] as const;
export const FLOWS = ['hardware', 'software', 'none'] as const;
export type Parity = (typeof PARITIES)[number];
export type Flow = (typeof FLOWS)[number];

/** What stands in the fields, of every kind at once: whoever changes their mind finds what was typed before. */
export type Form = {
  kind: Kind;
  host: string;
  port: string;
  vendor: string;
  product: string;
  /** The serial number that tells two printers of one model apart. */
  serial: string;
  /** The socket of a USB printer that has no serial number. */
  socket: string;
  line: string;
  baud: string;
  parity: Parity;
  flow: Flow;
  queue: string;
  file: string;
  /** The code of the station that a kitchen screen shows. */
  station: string;
  folder: string;
  mailbox: string;
};

const USUAL_PORT = '9100';

export function emptyForm(kind: Kind = 'network'): Form {
  const named = { vendor: '', product: '', serial: '', socket: '', line: '', queue: '', file: '' };
  const outlets = { station: '', folder: '', mailbox: '' };
  return {
    kind,
    host: '',
    port: USUAL_PORT,
    ...named,
    baud: '9600',
    parity: 'none',
    flow: 'hardware',
    ...outlets,
  };
}

/** Whether it prints on paper, so that how it does so matters. */
export function isPrinter(kind: Kind): boolean {
  return kind !== 'screen' && kind !== 'folder' && kind !== 'mail';
}

/** The address as the core keeps it. */
export function compose(form: Form): string {
  const compositions: Record<Kind, () => string> = {
    network: () => `tcp://${bracketed(form.host.trim())}:${form.port.trim() || USUAL_PORT}`,
    usb: () => {
      const ids = `usb:${form.vendor.trim()}:${form.product.trim()}`;
      return withOptions(ids, { serial: form.serial.trim(), path: form.socket.trim() });
    },
    serial: () =>
      withOptions(`serial:${form.line.trim()}`, {
        baud: form.baud.trim(),
        parity: form.parity,
        flow: form.flow,
      }),
    spooler: () => `spooler:${form.queue.trim()}`,
    file: () => `file:${form.file.trim()}`,
    screen: () => `screen:${form.station}`,
    folder: () => `pdf:${form.folder.trim()}`,
    mail: () => `mailto:${form.mailbox.trim()}`,
  };
  return compositions[form.kind]();
}

/** The fields of an address that the core gave; none for one of a kind that this screen does not know. */
export function read(address: string): Form | null {
  const scheme = address.slice(0, address.indexOf(':'));
  const rest = address.slice(scheme.length + 1);
  switch (scheme) {
    case 'tcp':
      return { ...emptyForm('network'), ...hostAndPort(rest.replace(/^\/\//, '').replace(/\/$/, '')) };
    case 'usb':
      return usb(rest);
    case 'serial':
      return serialLine(rest);
    case 'spooler':
      return { ...emptyForm('spooler'), queue: rest };
    case 'file':
      return { ...emptyForm('file'), file: rest };
    case 'screen':
      return { ...emptyForm('screen'), station: rest };
    case 'pdf':
      return { ...emptyForm('folder'), folder: rest };
    case 'mailto':
      return { ...emptyForm('mail'), mailbox: rest };
    default:
      return null;
  }
}

/** An address of IPv6 has colons of its own. */
function bracketed(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}

function hostAndPort(text: string): Pick<Form, 'host' | 'port'> {
  const found = /^(?:\[([^\]]*)\]|([^:]*))(?::(.*))?$/.exec(text);
  return { host: found?.[1] ?? found?.[2] ?? text, port: found?.[3] ?? USUAL_PORT };
}

function usb(text: string): Form {
  const { name, options } = parts(text);
  const [vendor = '', product = ''] = name.split(':');
  const serial = options.get('serial') ?? '';
  return { ...emptyForm('usb'), vendor, product, serial, socket: options.get('path') ?? '' };
}

function serialLine(text: string): Form {
  const { name, options } = parts(text);
  const form = emptyForm('serial');
  return {
    ...form,
    line: name,
    baud: options.get('baud') ?? form.baud,
    parity: PARITIES.find((one) => one === options.get('parity')) ?? form.parity,
    flow: FLOWS.find((one) => one === options.get('flow')) ?? form.flow,
  };
}

function parts(text: string): { name: string; options: Map<string, string> } {
  const [name = '', rest = ''] = text.split('?');
  const pairs = rest.split('&').map((pair) => {
    const [key = '', value = ''] = pair.split('=');
    return [key, value] as const;
  });
  return { name, options: new Map(pairs) };
}

function withOptions(name: string, options: Record<string, string>): string {
  const said = Object.entries(options).filter(([, value]) => value !== '');
  if (said.length === 0) return name;
  return `${name}?${said.map(([key, value]) => `${key}=${value}`).join('&')}`;
}
