// The demonstration's own commands: its simulated printers and the paper that came out of them.

/** What a person can do to a simulated printer. */
export type DemoCondition =
  'ready' | 'paper_near_end' | 'paper_out' | 'cover_open' | 'offline' | 'hung' | 'slow';

export type DemoSlip = {
  /** Consecutive number on this printer, 1 is the first. */
  number: number;
  at_ms: number;
  /** The paper as text, one line a row. */
  text: string;
};

export type DemoPrinter = {
  name: string;
  address: string;
  condition: DemoCondition;
  /** The last slips, newest first. */
  slips: DemoSlip[];
};

export type DemoCommands = {
  list_demo_printers: { request: Record<string, never>; answer: DemoPrinter[] };
  get_demo_slip: { request: { printer: string; number: number }; answer: { png_data_url: string } };
  set_demo_condition: {
    request: { printer: string; condition: DemoCondition };
    answer: Record<string, never>;
  };
};
