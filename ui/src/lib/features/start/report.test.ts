import { describe, expect, it } from 'vitest';
import { MemoryStorage, ScriptedBackend } from '../../ipc/testing';
import { newReport } from './report';

function report(bootId: string) {
  return { boot_id: bootId, at: 0, ready_ms: 420, recovered: 3, reprinted: 1 };
}

describe('the report of a start', () => {
  it('is said once in a window, and again after another start', async () => {
    const storage = new MemoryStorage();
    let boot = 'first';
    const backend = new ScriptedBackend({ get_start_report: () => report(boot) });
    expect(await newReport(backend, storage)).toEqual(report('first'));
    expect(await newReport(backend, storage)).toBeNull();
    boot = 'second';
    expect(await newReport(backend, storage)).toEqual(report('second'));
  });

  it('is asked for again when nobody answered', async () => {
    const storage = new MemoryStorage();
    const backend = new ScriptedBackend({});
    expect(await newReport(backend, storage)).toBeNull();
    backend.answers = { get_start_report: () => report('first') };
    expect(await newReport(backend, storage)).toEqual(report('first'));
  });
});
