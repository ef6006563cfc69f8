-- Print jobs of any kind: tickets of stations, and papers with words of their own.

CREATE TABLE print_job_again (
    id BLOB NOT NULL PRIMARY KEY,
    ticket_id BLOB REFERENCES ticket (id),
    order_id BLOB REFERENCES customer_order (id),
    station_id BLOB REFERENCES station (id),
    printer_id BLOB NOT NULL REFERENCES printer (id),
    priority TEXT NOT NULL CHECK (priority = 'normal' OR priority = 'urgent' OR priority = 'low'),
    rank INTEGER NOT NULL,
    revision INTEGER NOT NULL CHECK (revision > 0),
    copy INTEGER NOT NULL CHECK (copy >= 0),
    state TEXT NOT NULL CHECK (
        state = 'queued' OR state = 'sending' OR state = 'sent' OR state = 'printed' OR state = 'unconfirmed'
        OR state = 'blocked' OR state = 'failed' OR state = 'cancelled' OR state = 'uncertain' OR state = 'on_slip'
    ),
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    possible_duplicate INTEGER NOT NULL CHECK (possible_duplicate IN (0, 1)),
    not_before INTEGER NOT NULL,
    cause TEXT,
    created_at INTEGER NOT NULL,
    first_byte_at INTEGER,
    settled_at INTEGER,
    bytes_accepted INTEGER,
    lease_token BLOB,
    lease_until INTEGER,
    kind TEXT NOT NULL DEFAULT 'kitchen' CHECK (
        kind = 'kitchen' OR kind = 'catch_up' OR kind = 'pre_bill' OR kind = 'receipt' OR kind = 'report'
        OR kind = 'drawer' OR kind = 'test'
    ),
    -- What is to be printed, where it is no ticket.
    document TEXT,
    -- The catch-up slip on which a ticket comes out.
    slip_id BLOB REFERENCES print_job (id),
    UNIQUE (ticket_id, copy),
    CONSTRAINT print_job_work CHECK (
        (kind = 'kitchen') = (ticket_id IS NOT NULL) AND (kind = 'kitchen') = (document IS NULL)
        AND (kind <> 'kitchen' OR (order_id IS NOT NULL AND station_id IS NOT NULL))
    ),
    CONSTRAINT print_job_slip CHECK (
        (slip_id IS NULL OR kind = 'kitchen') AND (state <> 'on_slip' OR slip_id IS NOT NULL)
    )
) STRICT;
INSERT INTO print_job_again SELECT *, 'kitchen', NULL, NULL FROM print_job;
DROP TABLE print_job;
ALTER TABLE print_job_again RENAME TO print_job;
CREATE INDEX print_job_lane ON print_job (printer_id, rank, revision, copy, id)
    WHERE state = 'queued' OR state = 'blocked' OR state = 'sending' OR state = 'sent';
CREATE INDEX print_job_in_flight ON print_job (printer_id, rank) WHERE state IN ('sending', 'sent');
CREATE INDEX print_job_settled ON print_job (settled_at) WHERE settled_at IS NOT NULL;
-- What waits for a person's word.
CREATE INDEX print_job_uncertain ON print_job (printer_id, created_at) WHERE state = 'uncertain';
CREATE INDEX print_job_on_slip ON print_job (slip_id) WHERE slip_id IS NOT NULL;
-- The jobs of an order that are no tickets; the tickets' own are found through these.
CREATE INDEX print_job_paper_of_order ON print_job (order_id) WHERE document IS NOT NULL;

INSERT INTO role_permission (company_id, role, permission)
SELECT company_id, code, 'print_bill' FROM role WHERE code IN ('admin', 'manager', 'cashier', 'waiter');
INSERT INTO role_permission (company_id, role, permission)
SELECT company_id, code, 'open_drawer' FROM role WHERE code IN ('admin', 'manager', 'cashier');
