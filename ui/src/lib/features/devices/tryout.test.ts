import { describe, expect, it } from 'vitest';
import { CallFailed } from '../../ipc/backend';
import type {
  DeviceView,
  FoundPrinter,
  JobState,
  PaperView,
  PrintSetup,
  ProbedPrinter,
  SaveDevice,
  TestPageView,
} from '../../ipc/bindings.gen';
import { ScriptedBackend } from '../../ipc/testing';
import { Setup } from './setup.svelte';
import { isUnderWay, signsOf, Tryout } from './tryout.svelte';

const PROFILE = {
  columns: 48,
  code_page: 'cp858',
  code_table: 19,
  proof: 'process_id',
  abilities: null,
  drawer: null,
};
const FOUND: FoundPrinter = {
  at: 'network',
  address: 'tcp://127.1.1.5:9100',
  name: 'Bar',
  answered: true,
  model_id: 'TM-T20III',
  model: 'epson-tm-t20iii',
  profile: { ...PROFILE, proof: 'none' },
  problem: null,
  device_id: null,
};
const PROBED: ProbedPrinter = {
  answered: true,
  model_id: 'TM-T20III',
  model: 'epson-tm-t20iii',
  proof: 'process_id',
  profile: PROFILE,
  problem: null,
  device_id: null,
};
const NO_PAPER = { es: 'Sin papel.', en: 'No paper.' };

function paper(job_id: string, state: JobState): PaperView {
  return {
    job_id,
    kind: 'test',
    order_id: null,
    printer_id: 'p',
    printer: 'Bar',
    state,
    copy: 0,
    part: null,
    possible_duplicate: false,
    cause: null,
    problem: null,
    created_at: 0,
    settled_at: null,
  };
}

/** A core with a device called Bar, which keeps what it is told to save. */
class Core {
  devices: DeviceView[] = [
    { id: 'bar', name: 'Bar', kind: 'printer', address: 'tcp://bar:9100', profile: PROFILE },
  ];
  probed: ProbedPrinter = PROBED;
  state: JobState = 'queued';
  pages = 0;
  readonly backend = new ScriptedBackend({
    get_print_setup: () => this.view(),
    get_printer_owners: () => ({ printers: [], computers: [] }),
    probe_printer: () => this.probed,
    save_device: (wish) => this.save(wish),
    print_test_page: () => this.page(),
    get_paper: ({ job_id }) => paper(job_id, this.state),
    choose_page_row: () => this.view(),
  });

  view(): PrintSetup {
    const nothing = { chains: [], terminals: [], mail: null, mail_password_known: false };
    return { devices: [...this.devices], ...nothing };
  }

  save({ device_id, name, address, profile }: SaveDevice): PrintSetup {
    const device: DeviceView = {
      id: device_id,
      name,
      kind: 'printer',
      address,
      profile: profile ?? PROFILE,
    };
    this.devices = [...this.devices.filter((one) => one.id !== device_id), device];
    return this.view();
  }

  page(): TestPageView {
    this.pages += 1;
    const rows = [{ row: 1, code_page: 'cp858', code_table: 19 }];
    return { paper: paper(`job ${String(this.pages)}`, 'queued'), rows };
  }

  async tryout(): Promise<Tryout> {
    const setup = new Setup(this.backend);
    await setup.read();
    return new Tryout(this.backend, setup);
  }
}

describe('a printer that is set up', () => {
  it('is asked, saved under a name of its own, and prints the rows of its model, all after one touch', async () => {
    const core = new Core();
    const tryout = await core.tryout();
    await tryout.take(FOUND);
    const [saved] = core.backend.requests('save_device');
    expect(saved).toMatchObject({ name: 'Bar 2', address: FOUND.address, profile: PROFILE });
    expect(core.backend.requests('print_test_page')).toMatchObject([
      { printer_id: saved?.device_id, candidates: true, model: 'epson-tm-t20iii' },
    ]);
    expect([tryout.step, tryout.device?.name, tryout.problem]).toEqual(['page', 'Bar 2', null]);
    await tryout.choose(1);
    expect(core.backend.requests('choose_page_row')).toMatchObject([{ job_id: 'job 1', row: 1 }]);
    expect(tryout.step).toBe('stations');
  });

  it('is not saved by itself while something keeps it from printing, and is when a person says so', async () => {
    const core = new Core();
    core.probed = { ...PROBED, proof: null, problem: NO_PAPER };
    const tryout = await core.tryout();
    await tryout.take(FOUND);
    expect([tryout.step, tryout.busy, tryout.probed?.problem]).toEqual(['ask', false, NO_PAPER]);
    expect(core.backend.requests('save_device')).toEqual([]);
    await tryout.anyway();
    const [saved] = core.backend.requests('save_device');
    expect(saved?.profile, 'as most confirm, until it is asked again').toEqual({
      ...FOUND.profile,
      proof: 'fence',
    });
    expect(tryout.step).toBe('page');
  });

  it('is one printer, however often saving it got no answer', async () => {
    const core = new Core();
    const save = core.backend.answers.save_device;
    core.backend.answers.save_device = () => {
      throw new CallFailed('link_down', 'Sin conexión.');
    };
    const tryout = await core.tryout();
    await tryout.take(FOUND);
    expect([tryout.step, tryout.problem]).toEqual(['ask', 'Sin conexión.']);
    core.backend.answers = { ...core.backend.answers, ...(save ? { save_device: save } : {}) };
    await tryout.ask();
    const saved = core.backend.requests('save_device');
    expect(new Set(saved.map((one) => one.device_id)).size).toBe(1);
    expect(new Set(saved.map((one) => one.command_id)).size).toBe(1);
    expect(tryout.step).toBe('page');
  });

  it('leads nobody on who has gone back', async () => {
    const core = new Core();
    let answer: (probed: ProbedPrinter) => void = () => undefined;
    core.backend.answers.probe_printer = () => new Promise((give) => (answer = give));
    const tryout = await core.tryout();
    const taken = tryout.take(FOUND);
    tryout.back();
    answer(PROBED);
    await taken;
    expect([tryout.step, tryout.busy]).toEqual(['find', false]);
    expect(core.backend.requests('save_device')).toEqual([]);
  });

  it('is not asked when it is there already, and prints the rows that are common', async () => {
    const core = new Core();
    const tryout = await core.tryout();
    await tryout.take({ ...FOUND, device_id: 'bar' });
    expect(core.backend.requests('probe_printer')).toEqual([]);
    expect(core.backend.requests('print_test_page')).toMatchObject([{ printer_id: 'bar', model: null }]);
  });

  it('is asked how it confirms when somebody typed its address, and that alone is kept', async () => {
    const core = new Core();
    const known = { ...PROFILE, columns: 42, proof: 'fence' };
    core.devices = [{ id: 'bar', name: 'Bar', kind: 'printer', address: 'tcp://bar:9100', profile: known }];
    const tryout = await core.tryout();
    await tryout.tryOut('bar');
    expect(core.backend.requests('probe_printer')).toMatchObject([{ address: 'tcp://bar:9100' }]);
    expect(core.backend.requests('save_device')).toMatchObject([
      { device_id: 'bar', profile: { ...known, proof: 'process_id' } },
    ]);
    expect([tryout.probed, tryout.step, core.pages]).toEqual([PROBED, 'page', 1]);
  });

  it('confirms as it did when it cannot say now how, and prints all the same', async () => {
    const silent: Partial<ProbedPrinter>[] = [
      { answered: false, proof: 'none' },
      { proof: null, problem: NO_PAPER },
      { answered: false, proof: null, problem: NO_PAPER },
    ];
    for (const said of silent) {
      const core = new Core();
      core.probed = { ...PROBED, ...said };
      const tryout = await core.tryout();
      await tryout.tryOut('bar');
      expect([core.backend.requests('save_device'), core.pages]).toEqual([[], 1]);
    }
    const core = new Core();
    core.backend.answers.probe_printer = () => {
      throw new CallFailed('bad_printer', 'No es una impresora.');
    };
    const tryout = await core.tryout();
    await tryout.tryOut('bar');
    expect([tryout.problem, core.pages]).toEqual([null, 1]);
  });

  it('writes for the model that a person names, and confirms as it did', async () => {
    const core = new Core();
    const tryout = await core.tryout();
    await tryout.tryOut('bar');
    const profile = {
      columns: 32,
      code_page: 'cp850',
      code_table: 2,
      proof: 'none',
      abilities: null,
      drawer: null,
    };
    await tryout.useModel({ key: 'clone', vendor: 'Casa', name: 'Clon', profile, pages: [] });
    expect(core.backend.requests('save_device')).toMatchObject([
      { device_id: 'bar', name: 'Bar', profile: { ...profile, proof: 'process_id' } },
    ]);
    expect(core.backend.requests('print_test_page').at(-1)).toMatchObject({ model: 'clone' });
  });

  it('is followed until its page is out, by what is said of that page alone', async () => {
    const core = new Core();
    const tryout = await core.tryout();
    await tryout.tryOut('bar');
    core.state = 'printed';
    tryout.hear({ kind: 'paper_changed', job_id: 'another' });
    const asked = core.backend.requests('get_paper').length;
    tryout.hear({ kind: 'paper_changed', job_id: 'job 1' });
    await expect.poll(() => tryout.page?.paper.state).toBe('printed');
    expect(core.backend.requests('get_paper')).toHaveLength(asked + 1);
    expect(isUnderWay(paper('job 1', 'blocked'))).toBe(true);
    expect(isUnderWay(paper('job 1', 'failed'))).toBe(false);
  });

  it('gets another name only when there is another', async () => {
    const core = new Core();
    const tryout = await core.tryout();
    tryout.assign('bar');
    expect(await tryout.rename(' Bar ')).toBeNull();
    expect(core.backend.requests('save_device')).toEqual([]);
    expect(await tryout.rename('Barra')).toBeNull();
    expect(tryout.device?.name).toBe('Barra');
    core.backend.answers.save_device = () => {
      throw new CallFailed('name_taken', 'Ya hay un destino llamado Parrilla.');
    };
    expect(await tryout.rename('Parrilla')).toBe('Ya hay un destino llamado Parrilla.');
  });
});

describe('a printer that is asked again how it confirms', () => {
  it('is not tried out on paper, and what is no printer is not asked', async () => {
    const core = new Core();
    const setup = new Setup(core.backend);
    await setup.read();
    const bar: DeviceView = {
      id: 'bar',
      name: 'Bar',
      kind: 'printer',
      address: 'usb:04b8:0e15',
      profile: { ...PROFILE, proof: 'none' },
    };
    expect(await setup.learnProof(bar)).toEqual(PROBED);
    expect([setup.device('bar')?.profile.proof, core.pages]).toEqual(['process_id', 0]);
    for (const address of ['screen:cocina', 'pdf:/srv/comandas', 'mailto:a@b.co']) {
      expect(await setup.learnProof({ ...bar, address })).toBeNull();
    }
    expect(core.backend.requests('probe_printer')).toHaveLength(1);
  });
});

describe('a row that reads right', () => {
  it('has the euro only in pages that have it', () => {
    expect(['cp858', 'windows1252', 'latin9'].map(signsOf)).toEqual(Array(3).fill('ñ Ñ á € ¿ ¡'));
    expect(['cp850', 'cp437', 'cp860', 'cp865'].map(signsOf)).toEqual(Array(4).fill('ñ Ñ á ¿ ¡'));
  });
});
