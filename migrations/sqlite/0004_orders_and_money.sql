-- Orders as they move between tables and bills, and the money that they bring.

-- SQLite builds a list of more than two values anew each time that a row is checked against it, which was
-- a third of what an order cost: rows that come by the thousand are checked value by value.

-- net, tax and total are posted when the order is closed, so that no report computes them again; until then
-- all three are empty. business_day is yyyymmdd, the day that the branch counts the order to.
CREATE TABLE customer_order_again (
    id BLOB NOT NULL PRIMARY KEY,
    branch_id BLOB NOT NULL REFERENCES branch (id),
    order_type TEXT NOT NULL CHECK (
        order_type = 'dine_in' OR order_type = 'take_away' OR order_type = 'delivery' OR order_type = 'counter'
    ),
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
    customer_id BLOB REFERENCES customer (id),
    net_minor INTEGER,
    tax_minor INTEGER,
    total_minor INTEGER,
    business_day INTEGER CHECK (business_day BETWEEN 20000101 AND 29991231),
    closed_by BLOB REFERENCES app_user (id),
    UNIQUE (branch_id, order_type, number),
    CONSTRAINT customer_order_totals CHECK (
        (net_minor IS NULL AND tax_minor IS NULL AND total_minor IS NULL)
        OR (net_minor IS NOT NULL AND tax_minor IS NOT NULL AND total_minor IS NOT NULL
            AND net_minor + tax_minor = total_minor AND closed_at IS NOT NULL)
    )
) STRICT;
INSERT INTO customer_order_again (id, branch_id, order_type, number, table_id, customer, covers, waiter_id,
                                  terminal_id, note, urgent, revision, opened_at, closed_at)
SELECT id, branch_id, order_type, number, table_id, customer, covers, waiter_id, terminal_id, note, urgent,
       revision, opened_at, closed_at
FROM customer_order;
DROP TABLE customer_order;
ALTER TABLE customer_order_again RENAME TO customer_order;
CREATE INDEX customer_order_open ON customer_order (branch_id, table_id) WHERE closed_at IS NULL;
CREATE INDEX customer_order_closed ON customer_order (branch_id, closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX customer_order_day ON customer_order (branch_id, business_day) WHERE business_day IS NOT NULL;
CREATE INDEX customer_order_customer ON customer_order (customer_id, opened_at) WHERE customer_id IS NOT NULL;

-- A line as it was typed. taxes is a list of {"name", "rate_bp", "mode"}, in the order in which they apply.
-- combo_line_id is the line of the combo that this one was chosen for. Everything stays as it was typed but
-- current_order_id: a line may move to another order, and each move is a fact of its own, written first.
CREATE TABLE order_line_again (
    id BLOB NOT NULL PRIMARY KEY,
    order_id BLOB NOT NULL REFERENCES customer_order (id),
    product_id BLOB NOT NULL REFERENCES product (id),
    name TEXT NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    price_minor INTEGER NOT NULL,
    modifiers TEXT NOT NULL,
    note TEXT,
    allergy TEXT,
    course INTEGER NOT NULL,
    station_id BLOB REFERENCES station (id),
    revision INTEGER NOT NULL CHECK (revision > 0),
    position INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    user_id BLOB NOT NULL REFERENCES app_user (id),
    taxes TEXT NOT NULL,
    variant_id BLOB,
    seat INTEGER CHECK (seat > 0),
    combo_line_id BLOB REFERENCES order_line (id),
    current_order_id BLOB NOT NULL REFERENCES customer_order (id),
    FOREIGN KEY (variant_id, product_id) REFERENCES variant (id, product_id)
) STRICT;
INSERT INTO order_line_again (id, order_id, product_id, name, quantity, price_minor, modifiers, note, allergy,
                              course, station_id, revision, position, created_at, user_id, taxes, current_order_id)
SELECT id, order_id, product_id, name, quantity, price_minor, modifiers, note, allergy, course, station_id,
       revision, position, created_at, user_id,
       json_array(json_object('name', tax_name, 'rate_bp', tax_rate_bp, 'mode', tax_mode)), order_id
FROM order_line;
DROP TABLE order_line;
ALTER TABLE order_line_again RENAME TO order_line;
CREATE INDEX order_line_of_order ON order_line (current_order_id, revision, position);
CREATE INDEX order_line_of_combo ON order_line (combo_line_id) WHERE combo_line_id IS NOT NULL;
CREATE INDEX order_line_first_order ON order_line (order_id) WHERE order_id <> current_order_id;
DROP TRIGGER order_line_void_no_delete;
CREATE TRIGGER order_line_void_no_delete BEFORE DELETE ON order_line_void WHEN NOT EXISTS (
    SELECT 1 FROM customer_order
    JOIN archived_year ON archived_year.branch_id = customer_order.branch_id AND year = business_day / 10000
    WHERE customer_order.id = OLD.order_id
)
BEGIN
    SELECT RAISE(ABORT, 'order_line_void is append-only');
END;
CREATE TRIGGER order_line_no_delete BEFORE DELETE ON order_line WHEN NOT EXISTS (
    SELECT 1 FROM customer_order
    JOIN archived_year ON archived_year.branch_id = customer_order.branch_id AND year = business_day / 10000
    WHERE customer_order.id = OLD.current_order_id
)
BEGIN
    SELECT RAISE(ABORT, 'order_line is append-only');
END;

CREATE TRIGGER order_line_no_update
BEFORE UPDATE OF id, order_id, product_id, name, quantity, price_minor, modifiers, note, allergy, course, station_id,
                 revision, position, created_at, user_id, taxes, variant_id, seat, combo_line_id ON order_line
BEGIN
    SELECT RAISE(ABORT, 'order_line is append-only');
END;

CREATE TABLE order_line_move (
    line_id BLOB NOT NULL REFERENCES order_line (id),
    number INTEGER NOT NULL CHECK (number > 0),
    from_order_id BLOB NOT NULL REFERENCES customer_order (id),
    to_order_id BLOB NOT NULL REFERENCES customer_order (id),
    at INTEGER NOT NULL,
    user_id BLOB NOT NULL REFERENCES app_user (id),
    command_id BLOB NOT NULL,
    PRIMARY KEY (line_id, number),
    CHECK (from_order_id <> to_order_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX order_line_move_from ON order_line_move (from_order_id);
CREATE INDEX order_line_move_to ON order_line_move (to_order_id);
CREATE TRIGGER order_line_move_no_update BEFORE UPDATE ON order_line_move
BEGIN
    SELECT RAISE(ABORT, 'order_line_move is append-only');
END;
CREATE TRIGGER order_line_move_no_delete BEFORE DELETE ON order_line_move WHEN NOT EXISTS (
    SELECT 1 FROM customer_order
    JOIN archived_year ON archived_year.branch_id = customer_order.branch_id AND year = business_day / 10000
    WHERE customer_order.id = OLD.to_order_id
)
BEGIN
    SELECT RAISE(ABORT, 'order_line_move is append-only');
END;

-- A line stands where its last move took it.
CREATE TRIGGER order_line_moves BEFORE UPDATE OF current_order_id ON order_line
WHEN NOT EXISTS (
    SELECT 1 FROM order_line_move AS last
    WHERE last.line_id = OLD.id AND last.from_order_id = OLD.current_order_id
      AND last.to_order_id = NEW.current_order_id
      AND last.number = (SELECT MAX(number) FROM order_line_move WHERE line_id = OLD.id)
)
BEGIN
    SELECT RAISE(ABORT, 'order_line_moves is broken');
END;

CREATE TABLE order_event (
    id BLOB NOT NULL PRIMARY KEY,
    order_id BLOB NOT NULL REFERENCES customer_order (id),
    at INTEGER NOT NULL,
    user_id BLOB NOT NULL REFERENCES app_user (id),
    terminal_id BLOB NOT NULL REFERENCES terminal (id),
    kind TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX order_event_of_order ON order_event (order_id, at);
CREATE TRIGGER order_event_no_update BEFORE UPDATE ON order_event
BEGIN
    SELECT RAISE(ABORT, 'order_event is append-only');
END;
CREATE TRIGGER order_event_no_delete BEFORE DELETE ON order_event WHEN NOT EXISTS (
    SELECT 1 FROM customer_order
    JOIN archived_year ON archived_year.branch_id = customer_order.branch_id AND year = business_day / 10000
    WHERE customer_order.id = OLD.order_id
)
BEGIN
    SELECT RAISE(ABORT, 'order_event is append-only');
END;

-- Tickets and print jobs are as they were but for how their rows are checked.
CREATE TABLE ticket_again (
    id BLOB NOT NULL PRIMARY KEY,
    order_id BLOB NOT NULL REFERENCES customer_order (id),
    station_id BLOB NOT NULL REFERENCES station (id),
    number INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind = 'new' OR kind = 'change' OR kind = 'void'),
    revision INTEGER NOT NULL CHECK (revision > 0),
    state TEXT NOT NULL CHECK (state = 'new' OR state = 'seen' OR state = 'ready' OR state = 'cancelled'),
    content TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at INTEGER,
    ready_at INTEGER,
    ready_by BLOB REFERENCES app_user (id),
    UNIQUE (station_id, number)
) STRICT;
INSERT INTO ticket_again SELECT * FROM ticket;
DROP TABLE ticket;
ALTER TABLE ticket_again RENAME TO ticket;
CREATE INDEX ticket_of_order ON ticket (order_id);
CREATE INDEX ticket_to_make ON ticket (station_id, created_at) WHERE state IN ('new', 'seen');
CREATE INDEX ticket_made ON ticket (station_id, ready_at) WHERE state = 'ready';

CREATE TABLE print_job_again (
    id BLOB NOT NULL PRIMARY KEY,
    ticket_id BLOB NOT NULL REFERENCES ticket (id),
    order_id BLOB NOT NULL REFERENCES customer_order (id),
    station_id BLOB NOT NULL REFERENCES station (id),
    printer_id BLOB NOT NULL REFERENCES printer (id),
    priority TEXT NOT NULL CHECK (priority = 'normal' OR priority = 'urgent' OR priority = 'low'),
    rank INTEGER NOT NULL,
    revision INTEGER NOT NULL CHECK (revision > 0),
    copy INTEGER NOT NULL CHECK (copy >= 0),
    state TEXT NOT NULL CHECK (
        state = 'queued' OR state = 'sending' OR state = 'sent' OR state = 'printed' OR state = 'unconfirmed'
        OR state = 'blocked' OR state = 'failed' OR state = 'cancelled'
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
INSERT INTO print_job_again SELECT * FROM print_job;
DROP TABLE print_job;
ALTER TABLE print_job_again RENAME TO print_job;
CREATE INDEX print_job_lane ON print_job (printer_id, rank, revision, copy, id)
    WHERE state = 'queued' OR state = 'blocked' OR state = 'sending' OR state = 'sent';
CREATE INDEX print_job_in_flight ON print_job (printer_id, rank) WHERE state IN ('sending', 'sent');
CREATE INDEX print_job_settled ON print_job (settled_at) WHERE settled_at IS NOT NULL;

-- The taxes of a closed order, each with what it was charged on; they stay when the order's details leave.
CREATE TABLE order_tax (
    order_id BLOB NOT NULL REFERENCES customer_order (id),
    position INTEGER NOT NULL CHECK (position >= 0),
    name TEXT NOT NULL,
    rate_bp INTEGER NOT NULL CHECK (rate_bp >= 0),
    mode TEXT NOT NULL CHECK (mode = 'included' OR mode = 'added' OR mode = 'exempt'),
    base_minor INTEGER NOT NULL,
    amount_minor INTEGER NOT NULL,
    PRIMARY KEY (order_id, position)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER order_tax_no_update BEFORE UPDATE ON order_tax
BEGIN
    SELECT RAISE(ABORT, 'order_tax is append-only');
END;
CREATE TRIGGER order_tax_no_delete BEFORE DELETE ON order_tax
BEGIN
    SELECT RAISE(ABORT, 'order_tax is append-only');
END;

-- A drawer from its float to its count. The drawer is that of a till, terminal_id; tablets may pay into it.
-- number runs per branch, as the Z reports do.
CREATE TABLE cash_session (
    id BLOB NOT NULL PRIMARY KEY,
    branch_id BLOB NOT NULL REFERENCES branch (id),
    terminal_id BLOB NOT NULL,
    number INTEGER NOT NULL CHECK (number > 0),
    business_day INTEGER NOT NULL CHECK (business_day BETWEEN 20000101 AND 29991231),
    opened_at INTEGER NOT NULL,
    opened_by BLOB NOT NULL REFERENCES app_user (id),
    float_minor INTEGER NOT NULL CHECK (float_minor >= 0),
    closed_at INTEGER CHECK (closed_at >= opened_at),
    closed_by BLOB REFERENCES app_user (id),
    counted_minor INTEGER CHECK (counted_minor >= 0),
    expected_minor INTEGER,
    note TEXT,
    UNIQUE (branch_id, number),
    UNIQUE (id, branch_id),
    FOREIGN KEY (terminal_id, branch_id) REFERENCES terminal (id, branch_id),
    CONSTRAINT cash_session_count CHECK (
        (closed_at IS NULL) = (closed_by IS NULL) AND (closed_at IS NULL) = (counted_minor IS NULL)
        AND (closed_at IS NULL) = (expected_minor IS NULL)
    )
) STRICT;
CREATE UNIQUE INDEX cash_session_open ON cash_session (terminal_id) WHERE closed_at IS NULL;
CREATE INDEX cash_session_day ON cash_session (branch_id, business_day);
-- What was counted stays counted.
CREATE TRIGGER cash_session_no_update BEFORE UPDATE ON cash_session WHEN OLD.closed_at IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'cash_session is append-only');
END;
CREATE TRIGGER cash_session_no_delete BEFORE DELETE ON cash_session
BEGIN
    SELECT RAISE(ABORT, 'cash_session is append-only');
END;

CREATE TABLE cash_move (
    id BLOB NOT NULL PRIMARY KEY,
    session_id BLOB NOT NULL REFERENCES cash_session (id),
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    reason TEXT NOT NULL,
    at INTEGER NOT NULL,
    user_id BLOB NOT NULL REFERENCES app_user (id),
    command_id BLOB NOT NULL
) STRICT;
CREATE INDEX cash_move_of_session ON cash_move (session_id, at);
CREATE TRIGGER cash_move_no_update BEFORE UPDATE ON cash_move
BEGIN
    SELECT RAISE(ABORT, 'cash_move is append-only');
END;
CREATE TRIGGER cash_move_no_delete BEFORE DELETE ON cash_move
BEGIN
    SELECT RAISE(ABORT, 'cash_move is append-only');
END;

-- amount goes to the bill, tip to the people; tendered and change are of cash. Cash belongs to a session.
CREATE TABLE payment (
    id BLOB NOT NULL PRIMARY KEY,
    branch_id BLOB NOT NULL,
    company_id BLOB NOT NULL,
    order_id BLOB NOT NULL REFERENCES customer_order (id),
    session_id BLOB,
    method TEXT NOT NULL,
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    tip_minor INTEGER NOT NULL CHECK (tip_minor >= 0),
    tendered_minor INTEGER,
    change_minor INTEGER,
    reference TEXT,
    at INTEGER NOT NULL,
    user_id BLOB NOT NULL REFERENCES app_user (id),
    terminal_id BLOB NOT NULL REFERENCES terminal (id),
    command_id BLOB NOT NULL,
    FOREIGN KEY (branch_id, company_id) REFERENCES branch (id, company_id),
    FOREIGN KEY (company_id, method) REFERENCES payment_method (company_id, code),
    FOREIGN KEY (session_id, branch_id) REFERENCES cash_session (id, branch_id),
    CONSTRAINT payment_change CHECK (
        (tendered_minor IS NULL AND change_minor IS NULL)
        OR (tendered_minor IS NOT NULL AND change_minor IS NOT NULL AND change_minor BETWEEN 0 AND tendered_minor)
    )
) STRICT;
CREATE INDEX payment_of_order ON payment (order_id);
CREATE INDEX payment_of_session ON payment (session_id) WHERE session_id IS NOT NULL;
CREATE INDEX payment_at ON payment (branch_id, at);
CREATE TRIGGER payment_no_update BEFORE UPDATE ON payment
BEGIN
    SELECT RAISE(ABORT, 'payment is append-only');
END;
CREATE TRIGGER payment_no_delete BEFORE DELETE ON payment
BEGIN
    SELECT RAISE(ABORT, 'payment is append-only');
END;

-- session_id is the drawer that the money came out of.
CREATE TABLE refund (
    id BLOB NOT NULL PRIMARY KEY,
    payment_id BLOB NOT NULL REFERENCES payment (id),
    session_id BLOB REFERENCES cash_session (id),
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    reason TEXT NOT NULL,
    at INTEGER NOT NULL,
    user_id BLOB NOT NULL REFERENCES app_user (id),
    terminal_id BLOB NOT NULL REFERENCES terminal (id),
    command_id BLOB NOT NULL
) STRICT;
CREATE INDEX refund_of_payment ON refund (payment_id);
CREATE INDEX refund_of_session ON refund (session_id) WHERE session_id IS NOT NULL;
CREATE TRIGGER refund_no_update BEFORE UPDATE ON refund
BEGIN
    SELECT RAISE(ABORT, 'refund is append-only');
END;
CREATE TRIGGER refund_no_delete BEFORE DELETE ON refund
BEGIN
    SELECT RAISE(ABORT, 'refund is append-only');
END;

-- No more is given back than was paid, tip included. PostgreSQL locks the payment, or two refunds at once
-- would not see each other.
CREATE TRIGGER refund_within_payment BEFORE INSERT ON refund
WHEN NEW.amount_minor + (SELECT COALESCE(SUM(amount_minor), 0) FROM refund WHERE payment_id = NEW.payment_id)
     > (SELECT amount_minor + tip_minor FROM payment WHERE id = NEW.payment_id)
BEGIN
    SELECT RAISE(ABORT, 'refund_within_payment is broken');
END;

-- What a session counted is not made wrong afterwards: no money moves in or out of a closed one. PostgreSQL
-- locks the session, so that it cannot be closed between the look and the commit.
CREATE TRIGGER cash_move_in_open_session BEFORE INSERT ON cash_move
WHEN EXISTS (SELECT 1 FROM cash_session WHERE id = NEW.session_id AND closed_at IS NOT NULL)
BEGIN
    SELECT RAISE(ABORT, 'cash_session_is_open is broken');
END;
CREATE TRIGGER payment_in_open_session BEFORE INSERT ON payment
WHEN EXISTS (SELECT 1 FROM cash_session WHERE id = NEW.session_id AND closed_at IS NOT NULL)
BEGIN
    SELECT RAISE(ABORT, 'cash_session_is_open is broken');
END;
CREATE TRIGGER refund_from_open_session BEFORE INSERT ON refund
WHEN EXISTS (SELECT 1 FROM cash_session WHERE id = NEW.session_id AND closed_at IS NOT NULL)
BEGIN
    SELECT RAISE(ABORT, 'cash_session_is_open is broken');
END;

-- A range of numbers for papers of one kind, as a tax office grants them; next_number is one past the last
-- when the range is spent. A branch draws each kind from one range at a time.
CREATE TABLE numbering_range (
    id BLOB NOT NULL PRIMARY KEY,
    branch_id BLOB NOT NULL REFERENCES branch (id),
    kind TEXT NOT NULL,
    prefix TEXT NOT NULL,
    first_number INTEGER NOT NULL CHECK (first_number > 0),
    last_number INTEGER NOT NULL CHECK (last_number >= first_number),
    next_number INTEGER NOT NULL,
    valid_from INTEGER,
    valid_until INTEGER CHECK (valid_until > valid_from),
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    UNIQUE (branch_id, kind, prefix, first_number),
    CONSTRAINT numbering_range_next CHECK (next_number BETWEEN first_number AND last_number + 1)
) STRICT;
CREATE UNIQUE INDEX numbering_range_in_use ON numbering_range (branch_id, kind) WHERE active;

CREATE TABLE receipt (
    id BLOB NOT NULL PRIMARY KEY,
    order_id BLOB NOT NULL REFERENCES customer_order (id),
    range_id BLOB NOT NULL REFERENCES numbering_range (id),
    number INTEGER NOT NULL CHECK (number > 0),
    at INTEGER NOT NULL,
    user_id BLOB NOT NULL REFERENCES app_user (id),
    UNIQUE (range_id, number)
) STRICT;
CREATE INDEX receipt_of_order ON receipt (order_id);
CREATE TRIGGER receipt_no_update BEFORE UPDATE ON receipt
BEGIN
    SELECT RAISE(ABORT, 'receipt is append-only');
END;
CREATE TRIGGER receipt_no_delete BEFORE DELETE ON receipt
BEGIN
    SELECT RAISE(ABORT, 'receipt is append-only');
END;

INSERT INTO numbering_range (id, branch_id, kind, prefix, first_number, last_number, next_number)
SELECT randomblob(16), id, 'receipt', '', 1, 999999999, 1 FROM branch;
