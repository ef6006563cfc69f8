-- What a branch remembers. Both engines have the same tables and columns.
--
-- Times are milliseconds since 1970 UTC, money is whole minor units, ids are UUIDv7.
-- What has happened (order_line, order_line_void, audit_log) is never changed: triggers refuse it.

CREATE TABLE company (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    currency_code TEXT NOT NULL,
    minor_digits BIGINT NOT NULL CHECK (minor_digits BETWEEN 0 AND 6),
    shown_digits BIGINT NOT NULL CHECK (shown_digits BETWEEN 0 AND minor_digits)
);

CREATE TABLE branch (
    id UUID NOT NULL PRIMARY KEY,
    company_id UUID NOT NULL REFERENCES company (id),
    name TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('es', 'en')),
    utc_offset_minutes BIGINT NOT NULL CHECK (utc_offset_minutes BETWEEN -840 AND 840),
    UNIQUE (company_id, name)
);

CREATE TABLE terminal (
    id UUID NOT NULL PRIMARY KEY,
    branch_id UUID NOT NULL REFERENCES branch (id),
    name TEXT NOT NULL,
    UNIQUE (branch_id, name)
);

CREATE TABLE app_user (
    id UUID NOT NULL PRIMARY KEY,
    company_id UUID NOT NULL REFERENCES company (id),
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('admin', 'manager', 'cashier', 'waiter', 'kitchen')),
    pin_hash TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('es', 'en')),
    active BOOLEAN NOT NULL,
    UNIQUE (company_id, name)
);

-- Wrong PINs in a row; kept per terminal, so that one till cannot lock a person out of another.
CREATE TABLE pin_failure (
    user_id UUID NOT NULL REFERENCES app_user (id),
    terminal_id UUID NOT NULL REFERENCES terminal (id),
    count BIGINT NOT NULL CHECK (count >= 0),
    last_at BIGINT,
    PRIMARY KEY (user_id, terminal_id)
);

CREATE TABLE session (
    id UUID NOT NULL PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES app_user (id),
    terminal_id UUID NOT NULL REFERENCES terminal (id),
    token_hash BYTEA NOT NULL UNIQUE,
    opened_at BIGINT NOT NULL,
    closed_at BIGINT
);

CREATE TABLE room (
    id UUID NOT NULL PRIMARY KEY,
    branch_id UUID NOT NULL REFERENCES branch (id),
    name TEXT NOT NULL,
    position BIGINT NOT NULL,
    UNIQUE (branch_id, name)
);

-- x, y, width and height are in units of the floor plan's grid.
CREATE TABLE dining_table (
    id UUID NOT NULL PRIMARY KEY,
    room_id UUID NOT NULL REFERENCES room (id),
    name TEXT NOT NULL,
    seats BIGINT NOT NULL CHECK (seats > 0),
    x BIGINT NOT NULL,
    y BIGINT NOT NULL,
    width BIGINT NOT NULL CHECK (width > 0),
    height BIGINT NOT NULL CHECK (height > 0),
    shape TEXT NOT NULL CHECK (shape IN ('round', 'square', 'bar')),
    UNIQUE (room_id, name)
);

CREATE TABLE tax (
    id UUID NOT NULL PRIMARY KEY,
    company_id UUID NOT NULL REFERENCES company (id),
    name TEXT NOT NULL,
    rate_bp BIGINT NOT NULL CHECK (rate_bp >= 0),
    mode TEXT NOT NULL CHECK (mode IN ('included', 'added', 'exempt')),
    UNIQUE (company_id, name)
);

CREATE TABLE category (
    id UUID NOT NULL PRIMARY KEY,
    company_id UUID NOT NULL REFERENCES company (id),
    name TEXT NOT NULL,
    color TEXT NOT NULL,
    position BIGINT NOT NULL,
    UNIQUE (company_id, name)
);

CREATE TABLE product (
    id UUID NOT NULL PRIMARY KEY,
    category_id UUID NOT NULL REFERENCES category (id),
    name TEXT NOT NULL,
    short_code TEXT NOT NULL,
    price_minor BIGINT NOT NULL,
    tax_id UUID NOT NULL REFERENCES tax (id),
    position BIGINT NOT NULL,
    sold_out BOOLEAN NOT NULL,
    active BOOLEAN NOT NULL,
    preparation_minutes BIGINT NOT NULL CHECK (preparation_minutes >= 0)
);
CREATE INDEX product_category ON product (category_id, position);

CREATE TABLE modifier_group (
    id UUID NOT NULL PRIMARY KEY,
    company_id UUID NOT NULL REFERENCES company (id),
    name TEXT NOT NULL,
    min_choices BIGINT NOT NULL CHECK (min_choices >= 0),
    max_choices BIGINT NOT NULL CHECK (max_choices >= min_choices)
);
CREATE INDEX modifier_group_company ON modifier_group (company_id);

CREATE TABLE modifier (
    id UUID NOT NULL PRIMARY KEY,
    group_id UUID NOT NULL REFERENCES modifier_group (id),
    name TEXT NOT NULL,
    price_minor BIGINT NOT NULL,
    position BIGINT NOT NULL
);
CREATE INDEX modifier_of_group ON modifier (group_id, position);

CREATE TABLE product_modifier_group (
    product_id UUID NOT NULL REFERENCES product (id),
    group_id UUID NOT NULL REFERENCES modifier_group (id),
    position BIGINT NOT NULL,
    PRIMARY KEY (product_id, group_id)
);

CREATE TABLE station (
    id UUID NOT NULL PRIMARY KEY,
    branch_id UUID NOT NULL REFERENCES branch (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    position BIGINT NOT NULL,
    UNIQUE (branch_id, code)
);

CREATE TABLE printer (
    id UUID NOT NULL PRIMARY KEY,
    branch_id UUID NOT NULL REFERENCES branch (id),
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    columns BIGINT NOT NULL CHECK (columns BETWEEN 16 AND 255),
    code_page TEXT NOT NULL,
    code_table BIGINT NOT NULL CHECK (code_table BETWEEN 0 AND 255),
    proof TEXT NOT NULL,
    UNIQUE (branch_id, name)
);

-- The printers of a station in the order in which they are used.
CREATE TABLE station_printer (
    station_id UUID NOT NULL REFERENCES station (id),
    printer_id UUID NOT NULL REFERENCES printer (id),
    position BIGINT NOT NULL,
    PRIMARY KEY (station_id, printer_id)
);

-- Who makes what a category sells, in one branch.
CREATE TABLE category_station (
    branch_id UUID NOT NULL REFERENCES branch (id),
    category_id UUID NOT NULL REFERENCES category (id),
    station_id UUID NOT NULL REFERENCES station (id),
    PRIMARY KEY (branch_id, category_id)
);

-- The last number given; a branch belongs to one company, so numbers run per company, branch and type.
CREATE TABLE order_number (
    branch_id UUID NOT NULL REFERENCES branch (id),
    order_type TEXT NOT NULL,
    last BIGINT NOT NULL,
    PRIMARY KEY (branch_id, order_type)
);

CREATE TABLE ticket_number (
    station_id UUID NOT NULL PRIMARY KEY REFERENCES station (id),
    last BIGINT NOT NULL
);

CREATE TABLE customer_order (
    id UUID NOT NULL PRIMARY KEY,
    branch_id UUID NOT NULL REFERENCES branch (id),
    order_type TEXT NOT NULL CHECK (order_type IN ('dine_in', 'take_away', 'delivery', 'counter')),
    number BIGINT NOT NULL,
    table_id UUID REFERENCES dining_table (id),
    customer TEXT,
    covers BIGINT CHECK (covers > 0),
    waiter_id UUID NOT NULL REFERENCES app_user (id),
    terminal_id UUID NOT NULL REFERENCES terminal (id),
    note TEXT,
    urgent BOOLEAN NOT NULL,
    revision BIGINT NOT NULL CHECK (revision > 0),
    opened_at BIGINT NOT NULL,
    closed_at BIGINT,
    UNIQUE (branch_id, order_type, number)
);
CREATE INDEX customer_order_open ON customer_order (branch_id, table_id) WHERE closed_at IS NULL;

CREATE TABLE order_line (
    id UUID NOT NULL PRIMARY KEY,
    order_id UUID NOT NULL REFERENCES customer_order (id),
    product_id UUID NOT NULL REFERENCES product (id),
    name TEXT NOT NULL,
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    price_minor BIGINT NOT NULL,
    modifiers JSONB NOT NULL,
    tax_name TEXT NOT NULL,
    tax_rate_bp BIGINT NOT NULL CHECK (tax_rate_bp >= 0),
    tax_mode TEXT NOT NULL CHECK (tax_mode IN ('included', 'added', 'exempt')),
    note TEXT,
    allergy TEXT,
    course BIGINT NOT NULL,
    station_id UUID REFERENCES station (id),
    revision BIGINT NOT NULL CHECK (revision > 0),
    position BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    user_id UUID NOT NULL REFERENCES app_user (id)
);
CREATE INDEX order_line_of_order ON order_line (order_id, revision, position);

CREATE TABLE order_line_void (
    line_id UUID NOT NULL PRIMARY KEY REFERENCES order_line (id),
    order_id UUID NOT NULL REFERENCES customer_order (id),
    reason TEXT NOT NULL,
    user_id UUID NOT NULL REFERENCES app_user (id),
    at BIGINT NOT NULL,
    command_id UUID NOT NULL
);

CREATE TABLE ticket (
    id UUID NOT NULL PRIMARY KEY,
    order_id UUID NOT NULL REFERENCES customer_order (id),
    station_id UUID NOT NULL REFERENCES station (id),
    number BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('new', 'change', 'void')),
    revision BIGINT NOT NULL CHECK (revision > 0),
    state TEXT NOT NULL CHECK (state IN ('new', 'seen', 'ready', 'cancelled')),
    content JSONB NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT,
    ready_at BIGINT,
    ready_by UUID REFERENCES app_user (id),
    UNIQUE (station_id, number)
);
CREATE INDEX ticket_of_order ON ticket (order_id);
CREATE INDEX ticket_to_make ON ticket (station_id, created_at) WHERE state IN ('new', 'seen');
CREATE INDEX ticket_made ON ticket (station_id, ready_at) WHERE state = 'ready';

-- The work of printing one ticket once: copy 0 is the first printing, n the n-th reprint.
CREATE TABLE print_job (
    id UUID NOT NULL PRIMARY KEY,
    ticket_id UUID NOT NULL REFERENCES ticket (id),
    order_id UUID NOT NULL REFERENCES customer_order (id),
    station_id UUID NOT NULL REFERENCES station (id),
    printer_id UUID NOT NULL REFERENCES printer (id),
    priority TEXT NOT NULL CHECK (priority IN ('urgent', 'normal', 'low')),
    rank BIGINT NOT NULL,
    revision BIGINT NOT NULL CHECK (revision > 0),
    copy BIGINT NOT NULL CHECK (copy >= 0),
    state TEXT NOT NULL CHECK (
        state IN ('queued', 'sending', 'sent', 'printed', 'unconfirmed', 'blocked', 'failed', 'cancelled')
    ),
    attempts BIGINT NOT NULL CHECK (attempts >= 0),
    possible_duplicate BOOLEAN NOT NULL,
    not_before BIGINT NOT NULL,
    cause TEXT,
    created_at BIGINT NOT NULL,
    first_byte_at BIGINT,
    settled_at BIGINT,
    bytes_accepted BIGINT,
    lease_token UUID,
    lease_until BIGINT,
    UNIQUE (ticket_id, copy)
);
CREATE INDEX print_job_of_order ON print_job (order_id);
CREATE INDEX print_job_lane ON print_job (printer_id, rank, revision, copy, id)
    WHERE state IN ('queued', 'blocked', 'sending', 'sent');
CREATE INDEX print_job_in_flight ON print_job (printer_id, rank) WHERE state IN ('sending', 'sent');
CREATE INDEX print_job_settled ON print_job (settled_at) WHERE settled_at IS NOT NULL;

CREATE TABLE print_attempt (
    job_id UUID NOT NULL REFERENCES print_job (id),
    number BIGINT NOT NULL CHECK (number > 0),
    printer_id UUID NOT NULL REFERENCES printer (id),
    began_at BIGINT NOT NULL,
    ended_at BIGINT,
    outcome TEXT,
    cause TEXT,
    bytes_accepted BIGINT,
    PRIMARY KEY (job_id, number)
);

CREATE TABLE audit_log (
    id UUID NOT NULL PRIMARY KEY,
    branch_id UUID NOT NULL REFERENCES branch (id),
    at BIGINT NOT NULL,
    user_id UUID REFERENCES app_user (id),
    terminal_id UUID REFERENCES terminal (id),
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id UUID NOT NULL,
    detail JSONB NOT NULL
);
CREATE INDEX audit_log_subject ON audit_log (subject_kind, subject_id);

-- What a command answered the first time, so that sending it again changes nothing.
CREATE TABLE answered_command (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    user_id UUID NOT NULL REFERENCES app_user (id),
    answer TEXT NOT NULL,
    at BIGINT NOT NULL
);

CREATE FUNCTION refuse_change() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
END;
$$;

CREATE TRIGGER order_line_append_only BEFORE UPDATE OR DELETE ON order_line
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER order_line_keeps_all BEFORE TRUNCATE ON order_line
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER order_line_void_append_only BEFORE UPDATE OR DELETE ON order_line_void
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER order_line_void_keeps_all BEFORE TRUNCATE ON order_line_void
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE ON audit_log
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_log_keeps_all BEFORE TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
