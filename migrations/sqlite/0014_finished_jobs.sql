-- Finished print jobs leave the lanes' table, so that the queue's speed does not depend on history. What they were
-- stays here, with every attempt, for whoever asks about an order.

CREATE TABLE print_job_past (
    id BLOB NOT NULL PRIMARY KEY,
    ticket_id BLOB REFERENCES ticket (id),
    order_id BLOB REFERENCES customer_order (id),
    station_id BLOB REFERENCES station (id),
    printer_id BLOB NOT NULL REFERENCES printer (id),
    priority TEXT NOT NULL,
    rank INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    copy INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (
        state = 'printed' OR state = 'unconfirmed' OR state = 'cancelled' OR state = 'failed'
    ),
    attempts INTEGER NOT NULL,
    possible_duplicate INTEGER NOT NULL CHECK (possible_duplicate IN (0, 1)),
    not_before INTEGER NOT NULL,
    cause TEXT,
    created_at INTEGER NOT NULL,
    first_byte_at INTEGER,
    settled_at INTEGER,
    bytes_accepted INTEGER,
    kind TEXT NOT NULL DEFAULT 'kitchen',
    document TEXT,
    -- A paper that may lie in either table.
    slip_id BLOB,
    UNIQUE (ticket_id, copy)
) STRICT;
CREATE INDEX print_job_past_paper_of_order ON print_job_past (order_id) WHERE document IS NOT NULL;

CREATE TABLE print_attempt_past (
    job_id BLOB NOT NULL REFERENCES print_job_past (id),
    number INTEGER NOT NULL,
    printer_id BLOB NOT NULL REFERENCES printer (id),
    began_at INTEGER NOT NULL,
    ended_at INTEGER,
    outcome TEXT,
    cause TEXT,
    bytes_accepted INTEGER,
    PRIMARY KEY (job_id, number)
) STRICT, WITHOUT ROWID;

-- What was given up and may leave; what came to paper is found by when it did.
CREATE INDEX print_job_cancelled ON print_job (created_at) WHERE state = 'cancelled';

-- Every job and every attempt there ever was, wherever it lies.
CREATE VIEW print_job_ever AS
SELECT
    id, ticket_id, order_id, station_id, printer_id, priority, rank, revision, copy, state, attempts,
    possible_duplicate, not_before, cause, created_at, first_byte_at, settled_at, bytes_accepted, kind,
    document, slip_id
FROM print_job
UNION ALL
SELECT
    id, ticket_id, order_id, station_id, printer_id, priority, rank, revision, copy, state, attempts,
    possible_duplicate, not_before, cause, created_at, first_byte_at, settled_at, bytes_accepted, kind,
    document, slip_id
FROM print_job_past;
CREATE VIEW print_attempt_ever AS
SELECT job_id, number, printer_id, began_at, ended_at, outcome, cause, bytes_accepted
FROM print_attempt
UNION ALL
SELECT job_id, number, printer_id, began_at, ended_at, outcome, cause, bytes_accepted
FROM print_attempt_past;
