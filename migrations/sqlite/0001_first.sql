-- What a branch remembers. Both engines have the same tables and columns.
--
-- Times are milliseconds since 1970 UTC, money is whole minor units, ids are UUIDv7.
-- What has happened (order_line, order_line_void, audit_log) is never changed: triggers refuse it.

CREATE TABLE company (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    currency_code TEXT NOT NULL,
    minor_digits INTEGER NOT NULL CHECK (minor_digits BETWEEN 0 AND 6),
    shown_digits INTEGER NOT NULL CHECK (shown_digits BETWEEN 0 AND minor_digits)
) STRICT;

CREATE TABLE branch (
    id BLOB NOT NULL PRIMARY KEY,
    company_id BLOB NOT NULL REFERENCES company (id),
    name TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('es', 'en')),
    utc_offset_minutes INTEGER NOT NULL CHECK (utc_offset_minutes BETWEEN -840 AND 840),
    UNIQUE (company_id, name)
) STRICT;

CREATE TABLE terminal (
    id BLOB NOT NULL PRIMARY KEY,
    branch_id BLOB NOT NULL REFERENCES branch (id),
    name TEXT NOT NULL,
    UNIQUE (branch_id, name)
) STRICT;

CREATE TABLE app_user (
    id BLOB NOT NULL PRIMARY KEY,
    company_id BLOB NOT NULL REFERENCES company (id),
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('admin', 'manager', 'cashier', 'waiter', 'kitchen')),
    pin_hash TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('es', 'en')),
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    UNIQUE (company_id, name)
) STRICT;

-- Wrong PINs in a row; kept per terminal, so that one till cannot lock a person out of another.
CREATE TABLE pin_failure (
    user_id BLOB NOT NULL REFERENCES app_user (id),
    terminal_id BLOB NOT NULL REFERENCES terminal (id),
    count INTEGER NOT NULL CHECK (count >= 0),
    last_at INTEGER,
    PRIMARY KEY (user_id, terminal_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    id BLOB NOT NULL PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES app_user (id),
    terminal_id BLOB NOT NULL REFERENCES terminal (id),
    token_hash BLOB NOT NULL UNIQUE,
    opened_at INTEGER NOT NULL,
    closed_at INTEGER
) STRICT;

CREATE TABLE room (
    id BLOB NOT NULL PRIMARY KEY,
    branch_id BLOB NOT NULL REFERENCES branch (id),
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    UNIQUE (branch_id, name)
) STRICT;

-- x, y, width and height are in units of the floor plan's grid.
CREATE TABLE dining_table (
    id BLOB NOT NULL PRIMARY KEY,
    room_id BLOB NOT NULL REFERENCES room (id),
    name TEXT NOT NULL,
    seats INTEGER NOT NULL CHECK (seats > 0),
    x INTEGER NOT NULL,
    y INTEGER NOT NULL,
    width INTEGER NOT NULL CHECK (width > 0),
    height INTEGER NOT NULL CHECK (height > 0),
    shape TEXT NOT NULL CHECK (shape IN ('round', 'square', 'bar')),
    UNIQUE (room_id, name)
) STRICT;

CREATE TABLE tax (
    id BLOB NOT NULL PRIMARY KEY,
    company_id BLOB NOT NULL REFERENCES company (id),
    name TEXT NOT NULL,
    rate_bp INTEGER NOT NULL CHECK (rate_bp >= 0),
    mode TEXT NOT NULL CHECK (mode IN ('included', 'added', 'exempt')),
    UNIQUE (company_id, name)
) STRICT;

CREATE TABLE category (
    id BLOB NOT NULL PRIMARY KEY,
    company_id BLOB NOT NULL REFERENCES company (id),
    name TEXT NOT NULL,
    color TEXT NOT NULL,
    position INTEGER NOT NULL,
    UNIQUE (company_id, name)
) STRICT;

CREATE TABLE product (
    id BLOB NOT NULL PRIMARY KEY,
    category_id BLOB NOT NULL REFERENCES category (id),
    name TEXT NOT NULL,
    short_code TEXT NOT NULL,
    price_minor INTEGER NOT NULL,
    tax_id BLOB NOT NULL REFERENCES tax (id),
    position INTEGER NOT NULL,
    sold_out INTEGER NOT NULL CHECK (sold_out IN (0, 1)),
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    preparation_minutes INTEGER NOT NULL CHECK (preparation_minutes >= 0)
) STRICT;
CREATE INDEX product_category ON product (category_id, position);

CREATE TABLE modifier_group (
    id BLOB NOT NULL PRIMARY KEY,
    company_id BLOB NOT NULL REFERENCES company (id),
    name TEXT NOT NULL,
    min_choices INTEGER NOT NULL CHECK (min_choices >= 0),
    max_choices INTEGER NOT NULL CHECK (max_choices >= min_choices)
) STRICT;
CREATE INDEX modifier_group_company ON modifier_group (company_id);

CREATE TABLE modifier (
    id BLOB NOT NULL PRIMARY KEY,
    group_id BLOB NOT NULL REFERENCES modifier_group (id),
    name TEXT NOT NULL,
    price_minor INTEGER NOT NULL,
    position INTEGER NOT NULL
) STRICT;
CREATE INDEX modifier_of_group ON modifier (group_id, position);

CREATE TABLE product_modifier_group (
    product_id BLOB NOT NULL REFERENCES product (id),
    group_id BLOB NOT NULL REFERENCES modifier_group (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (product_id, group_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE station (
    id BLOB NOT NULL PRIMARY KEY,
    branch_id BLOB NOT NULL REFERENCES branch (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    UNIQUE (branch_id, code)
) STRICT;

CREATE TABLE printer (
    id BLOB NOT NULL PRIMARY KEY,
    branch_id BLOB NOT NULL REFERENCES branch (id),
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    columns INTEGER NOT NULL CHECK (columns BETWEEN 16 AND 255),
    code_page TEXT NOT NULL,
    code_table INTEGER NOT NULL CHECK (code_table BETWEEN 0 AND 255),
    proof TEXT NOT NULL,
    UNIQUE (branch_id, name)
) STRICT;

-- The printers of a station in the order in which they are used.
CREATE TABLE station_printer (
    station_id BLOB NOT NULL REFERENCES station (id),
    printer_id BLOB NOT NULL REFERENCES printer (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (station_id, printer_id)
) STRICT, WITHOUT ROWID;

-- Who makes what a category sells, in one branch.
CREATE TABLE category_station (
    branch_id BLOB NOT NULL REFERENCES branch (id),
    category_id BLOB NOT NULL REFERENCES category (id),
    station_id BLOB NOT NULL REFERENCES station (id),
    PRIMARY KEY (branch_id, category_id)
) STRICT, WITHOUT ROWID;

-- The last number given; a branch belongs to one company, so numbers run per company, branch and type.
CREATE TABLE order_number (
    branch_id BLOB NOT NULL REFERENCES branch (id),
    order_type TEXT NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (branch_id, order_type)
) STRICT, WITHOUT ROWID;

CREATE TABLE ticket_number (
    station_id BLOB NOT NULL PRIMARY KEY REFERENCES station (id),
    last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE customer_order (
    id BLOB NOT NULL PRIMARY KEY,
    branch_id BLOB NOT NULL REFERENCES branch (id),
    order_type TEXT NOT NULL CHECK (order_type IN ('dine_in', 'take_away', 'delivery', 'counter')),
    number INTEGER NOT NULL,
    table_id BLOB REFERENCES dining_table (id),
    customer TEXT,
    covers INTEGER CHECK (covers > 0),
    waiter_id BLOB NOT NULL REFERENCES app_user (id),
    terminal_id BLOB NOT NULL REFERENCES terminal (id),
    note TEXT,
    urgent INTEGER NOT NULL CHECK (urgent IN (0, 1)),
    revision INTEGER NOT NULL CHECK (revision > 0),
    opened_at INTEGER NOT NULL,
    closed_at INTEGER,
    UNIQUE (branch_id, order_type, number)
) STRICT;
CREATE INDEX customer_order_open ON customer_order (branch_id, table_id) WHERE closed_at IS NULL;

CREATE TABLE order_line (
    id BLOB NOT NULL PRIMARY KEY,
    order_id BLOB NOT NULL REFERENCES customer_order (id),
    product_id BLOB NOT NULL REFERENCES product (id),
    name TEXT NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    price_minor INTEGER NOT NULL,
    modifiers TEXT NOT NULL,
    tax_name TEXT NOT NULL,
    tax_rate_bp INTEGER NOT NULL CHECK (tax_rate_bp >= 0),
    tax_mode TEXT NOT NULL CHECK (tax_mode IN ('included', 'added', 'exempt')),
    note TEXT,
    allergy TEXT,
    course INTEGER NOT NULL,
    station_id BLOB REFERENCES station (id),
    revision INTEGER NOT NULL CHECK (revision > 0),
    position INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    user_id BLOB NOT NULL REFERENCES app_user (id)
) STRICT;
CREATE INDEX order_line_of_order ON order_line (order_id, revision, position);

CREATE TABLE order_line_void (
    line_id BLOB NOT NULL PRIMARY KEY REFERENCES order_line (id),
    order_id BLOB NOT NULL REFERENCES customer_order (id),
    reason TEXT NOT NULL,
    user_id BLOB NOT NULL REFERENCES app_user (id),
    at INTEGER NOT NULL,
    command_id BLOB NOT NULL
) STRICT;

CREATE TABLE ticket (
    id BLOB NOT NULL PRIMARY KEY,
    order_id BLOB NOT NULL REFERENCES customer_order (id),
    station_id BLOB NOT NULL REFERENCES station (id),
    number INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('new', 'change', 'void')),
    revision INTEGER NOT NULL CHECK (revision > 0),
    state TEXT NOT NULL CHECK (state IN ('new', 'seen', 'ready', 'cancelled')),
    content TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at INTEGER,
    ready_at INTEGER,
    ready_by BLOB REFERENCES app_user (id),
    UNIQUE (station_id, number)
) STRICT;
CREATE INDEX ticket_of_order ON ticket (order_id);
CREATE INDEX ticket_to_make ON ticket (station_id, created_at) WHERE state IN ('new', 'seen');
CREATE INDEX ticket_made ON ticket (station_id, ready_at) WHERE state = 'ready';

-- The work of printing one ticket once: copy 0 is the first printing, n the n-th reprint.
CREATE TABLE print_job (
    id BLOB NOT NULL PRIMARY KEY,
    ticket_id BLOB NOT NULL REFERENCES ticket (id),
    order_id BLOB NOT NULL REFERENCES customer_order (id),
    station_id BLOB NOT NULL REFERENCES station (id),
    printer_id BLOB NOT NULL REFERENCES printer (id),
    priority TEXT NOT NULL CHECK (priority IN ('urgent', 'normal', 'low')),
    rank INTEGER NOT NULL,
    revision INTEGER NOT NULL CHECK (revision > 0),
    copy INTEGER NOT NULL CHECK (copy >= 0),
    state TEXT NOT NULL CHECK (
        state IN ('queued', 'sending', 'sent', 'printed', 'unconfirmed', 'blocked', 'failed', 'cancelled')
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
    UNIQUE (ticket_id, copy)
) STRICT;
CREATE INDEX print_job_of_order ON print_job (order_id);
CREATE INDEX print_job_lane ON print_job (printer_id, rank, revision, copy, id)
    WHERE state IN ('queued', 'blocked', 'sending', 'sent');
CREATE INDEX print_job_in_flight ON print_job (printer_id, rank) WHERE state IN ('sending', 'sent');
CREATE INDEX print_job_settled ON print_job (settled_at) WHERE settled_at IS NOT NULL;

CREATE TABLE print_attempt (
    job_id BLOB NOT NULL REFERENCES print_job (id),
    number INTEGER NOT NULL CHECK (number > 0),
    printer_id BLOB NOT NULL REFERENCES printer (id),
    began_at INTEGER NOT NULL,
    ended_at INTEGER,
    outcome TEXT,
    cause TEXT,
    bytes_accepted INTEGER,
    PRIMARY KEY (job_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_log (
    id BLOB NOT NULL PRIMARY KEY,
    branch_id BLOB NOT NULL REFERENCES branch (id),
    at INTEGER NOT NULL,
    user_id BLOB REFERENCES app_user (id),
    terminal_id BLOB REFERENCES terminal (id),
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id BLOB NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX audit_log_subject ON audit_log (subject_kind, subject_id);

-- What a command answered the first time, so that sending it again changes nothing.
CREATE TABLE answered_command (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    user_id BLOB NOT NULL REFERENCES app_user (id),
    answer TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TRIGGER order_line_no_update BEFORE UPDATE ON order_line
BEGIN
    SELECT RAISE(ABORT, 'order_line is append-only');
END;
CREATE TRIGGER order_line_no_delete BEFORE DELETE ON order_line
BEGIN
    SELECT RAISE(ABORT, 'order_line is append-only');
END;
CREATE TRIGGER order_line_void_no_update BEFORE UPDATE ON order_line_void
BEGIN
    SELECT RAISE(ABORT, 'order_line_void is append-only');
END;
CREATE TRIGGER order_line_void_no_delete BEFORE DELETE ON order_line_void
BEGIN
    SELECT RAISE(ABORT, 'order_line_void is append-only');
END;
CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log
BEGIN
    SELECT RAISE(ABORT, 'audit_log is append-only');
END;
CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log
BEGIN
    SELECT RAISE(ABORT, 'audit_log is append-only');
END;
