// What the start of the program found, said once in each window.

import type { Backend } from '../../ipc/backend';
import type { StartReportView } from '../../ipc/bindings.gen';

const TOLD_KEY = 'fastops.start.told';

/** The report of this start if this window has not said it yet; null when it has, or when there is none. */
export async function newReport(backend: Backend, storage: Storage): Promise<StartReportView | null> {
  let report: StartReportView;
  try {
    report = await backend.call('get_start_report', {});
  } catch {
    // It is asked for again when somebody signs in; nothing depends on it.
    return null;
  }
  if (storage.getItem(TOLD_KEY) === report.boot_id) return null;
  storage.setItem(TOLD_KEY, report.boot_id);
  return report;
}
