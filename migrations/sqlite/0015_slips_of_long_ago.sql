-- Slips of long ago leave after the tickets that came out on them, which are found by this.

CREATE INDEX print_job_past_on_slip ON print_job_past (slip_id) WHERE slip_id IS NOT NULL;
