-- Which core drives which printer: the computers of the branch, whom a printer belongs to, and who has it now.

-- A computer is a folder of data; the core that works in it gives its signs of life here.
CREATE TABLE computer (
    id UUID NOT NULL PRIMARY KEY,
    branch_id UUID NOT NULL REFERENCES branch (id),
    name TEXT NOT NULL,
    core_id UUID NOT NULL,
    alive_until BIGINT NOT NULL
);
CREATE INDEX computer_branch ON computer (branch_id);

-- The computers that a printer belongs to: its owner at 0, then the heirs in their order.
CREATE TABLE printer_owner (
    printer_id UUID NOT NULL REFERENCES printer (id),
    position BIGINT NOT NULL CHECK (position >= 0),
    computer_id UUID NOT NULL REFERENCES computer (id),
    PRIMARY KEY (printer_id, position),
    UNIQUE (printer_id, computer_id)
);
CREATE INDEX printer_owner_computer ON printer_owner (computer_id);

-- The one core that drives a printer, until when without a sign of life, and what it tells of the lane.
-- asked is what a person at another computer wants of the breaker.
CREATE TABLE printer_lease (
    printer_id UUID NOT NULL PRIMARY KEY REFERENCES printer (id),
    core_id UUID NOT NULL,
    lease_until BIGINT NOT NULL,
    lane JSONB NOT NULL,
    asked TEXT CHECK (asked IN ('open', 'closed'))
);
