-- Orders as they move between tables and bills, and the money that they bring.

-- net, tax and total are posted when the order is closed, so that no report computes them again; until then
-- all three are empty. business_day is yyyymmdd, the day that the branch counts the order to.
ALTER TABLE customer_order ADD COLUMN customer_id UUID REFERENCES customer (id);
ALTER TABLE customer_order ADD COLUMN net_minor BIGINT;
ALTER TABLE customer_order ADD COLUMN tax_minor BIGINT;
ALTER TABLE customer_order ADD COLUMN total_minor BIGINT;
ALTER TABLE customer_order ADD CONSTRAINT customer_order_totals CHECK (
    (net_minor IS NULL AND tax_minor IS NULL AND total_minor IS NULL)
    OR (net_minor IS NOT NULL AND tax_minor IS NOT NULL AND total_minor IS NOT NULL
        AND net_minor + tax_minor = total_minor AND closed_at IS NOT NULL)
);
ALTER TABLE customer_order ADD COLUMN business_day BIGINT CHECK (business_day BETWEEN 20000101 AND 29991231);
ALTER TABLE customer_order ADD COLUMN closed_by UUID REFERENCES app_user (id);
CREATE INDEX customer_order_closed ON customer_order (branch_id, closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX customer_order_day ON customer_order (branch_id, business_day) WHERE business_day IS NOT NULL;
CREATE INDEX customer_order_customer ON customer_order (customer_id, opened_at) WHERE customer_id IS NOT NULL;

-- Refuses to delete what belongs to an order, named by the column in the argument, before its year is archived.
CREATE FUNCTION refuse_unless_archived() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM customer_order
        JOIN archived_year ON archived_year.branch_id = customer_order.branch_id AND year = business_day / 10000
        WHERE customer_order.id = (to_jsonb(OLD) ->> TG_ARGV[0])::UUID
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
END;
$$;

-- A line as it was typed. taxes is a list of {"name", "rate_bp", "mode"}, in the order in which they apply.
-- combo_line_id is the line of the combo that this one was chosen for. Everything stays as it was typed but
-- current_order_id: a line may move to another order, and each move is a fact of its own, written first.
DROP TRIGGER order_line_append_only ON order_line;
ALTER TABLE order_line ADD COLUMN taxes JSONB;
ALTER TABLE order_line ADD COLUMN variant_id UUID;
ALTER TABLE order_line ADD COLUMN seat BIGINT CHECK (seat > 0);
ALTER TABLE order_line ADD COLUMN combo_line_id UUID REFERENCES order_line (id);
ALTER TABLE order_line ADD COLUMN current_order_id UUID;
UPDATE order_line SET
    taxes = jsonb_build_array(jsonb_build_object('name', tax_name, 'rate_bp', tax_rate_bp, 'mode', tax_mode)),
    current_order_id = order_id;
ALTER TABLE order_line ALTER COLUMN taxes SET NOT NULL;
ALTER TABLE order_line ALTER COLUMN current_order_id SET NOT NULL;
ALTER TABLE order_line DROP COLUMN tax_name;
ALTER TABLE order_line DROP COLUMN tax_rate_bp;
ALTER TABLE order_line DROP COLUMN tax_mode;
ALTER TABLE order_line ADD FOREIGN KEY (current_order_id) REFERENCES customer_order (id);
ALTER TABLE order_line ADD FOREIGN KEY (variant_id, product_id) REFERENCES variant (id, product_id);
DROP INDEX order_line_of_order;
CREATE INDEX order_line_of_order ON order_line (current_order_id, revision, position);
CREATE INDEX order_line_of_combo ON order_line (combo_line_id) WHERE combo_line_id IS NOT NULL;
CREATE INDEX order_line_first_order ON order_line (order_id) WHERE order_id <> current_order_id;
DROP TRIGGER order_line_void_append_only ON order_line_void;
CREATE TRIGGER order_line_void_append_only BEFORE UPDATE ON order_line_void
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER order_line_void_no_delete BEFORE DELETE ON order_line_void
    FOR EACH ROW EXECUTE FUNCTION refuse_unless_archived('order_id');
CREATE TRIGGER order_line_no_delete BEFORE DELETE ON order_line
    FOR EACH ROW EXECUTE FUNCTION refuse_unless_archived('current_order_id');

CREATE TRIGGER order_line_append_only
    BEFORE UPDATE OF id, order_id, product_id, name, quantity, price_minor, modifiers, note, allergy, course,
                     station_id, revision, position, created_at, user_id, taxes, variant_id, seat, combo_line_id
    ON order_line FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE order_line_move (
    line_id UUID NOT NULL REFERENCES order_line (id),
    number BIGINT NOT NULL CHECK (number > 0),
    from_order_id UUID NOT NULL REFERENCES customer_order (id),
    to_order_id UUID NOT NULL REFERENCES customer_order (id),
    at BIGINT NOT NULL,
    user_id UUID NOT NULL REFERENCES app_user (id),
    command_id UUID NOT NULL,
    PRIMARY KEY (line_id, number),
    CHECK (from_order_id <> to_order_id)
);
CREATE INDEX order_line_move_from ON order_line_move (from_order_id);
CREATE INDEX order_line_move_to ON order_line_move (to_order_id);
CREATE TRIGGER order_line_move_append_only BEFORE UPDATE ON order_line_move
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER order_line_move_no_delete BEFORE DELETE ON order_line_move
    FOR EACH ROW EXECUTE FUNCTION refuse_unless_archived('to_order_id');
CREATE TRIGGER order_line_move_keeps_all BEFORE TRUNCATE ON order_line_move
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A line stands where its last move took it.
CREATE FUNCTION keep_order_line_moves() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM order_line_move AS last
        WHERE last.line_id = OLD.id AND last.from_order_id = OLD.current_order_id
          AND last.to_order_id = NEW.current_order_id
          AND last.number = (SELECT MAX(number) FROM order_line_move WHERE line_id = OLD.id)
    ) THEN
        PERFORM refuse_break('order_line_moves', 'order_line');
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER order_line_moves BEFORE UPDATE OF current_order_id ON order_line
    FOR EACH ROW EXECUTE FUNCTION keep_order_line_moves();

CREATE TABLE order_event (
    id UUID NOT NULL PRIMARY KEY,
    order_id UUID NOT NULL REFERENCES customer_order (id),
    at BIGINT NOT NULL,
    user_id UUID NOT NULL REFERENCES app_user (id),
    terminal_id UUID NOT NULL REFERENCES terminal (id),
    kind TEXT NOT NULL,
    detail JSONB NOT NULL
);
CREATE INDEX order_event_of_order ON order_event (order_id, at);
CREATE TRIGGER order_event_append_only BEFORE UPDATE ON order_event
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER order_event_no_delete BEFORE DELETE ON order_event
    FOR EACH ROW EXECUTE FUNCTION refuse_unless_archived('order_id');
CREATE TRIGGER order_event_keeps_all BEFORE TRUNCATE ON order_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The jobs of an order are found through its tickets.
DROP INDEX print_job_of_order;

-- The taxes of a closed order, each with what it was charged on; they stay when the order's details leave.
CREATE TABLE order_tax (
    order_id UUID NOT NULL REFERENCES customer_order (id),
    position BIGINT NOT NULL CHECK (position >= 0),
    name TEXT NOT NULL,
    rate_bp BIGINT NOT NULL CHECK (rate_bp >= 0),
    mode TEXT NOT NULL CHECK (mode IN ('included', 'added', 'exempt')),
    base_minor BIGINT NOT NULL,
    amount_minor BIGINT NOT NULL,
    PRIMARY KEY (order_id, position)
);
CREATE TRIGGER order_tax_append_only BEFORE UPDATE OR DELETE ON order_tax
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER order_tax_keeps_all BEFORE TRUNCATE ON order_tax
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A drawer from its float to its count. The drawer is that of a till, terminal_id; tablets may pay into it.
-- number runs per branch, as the Z reports do.
CREATE TABLE cash_session (
    id UUID NOT NULL PRIMARY KEY,
    branch_id UUID NOT NULL REFERENCES branch (id),
    terminal_id UUID NOT NULL,
    number BIGINT NOT NULL CHECK (number > 0),
    business_day BIGINT NOT NULL CHECK (business_day BETWEEN 20000101 AND 29991231),
    opened_at BIGINT NOT NULL,
    opened_by UUID NOT NULL REFERENCES app_user (id),
    float_minor BIGINT NOT NULL CHECK (float_minor >= 0),
    closed_at BIGINT CHECK (closed_at >= opened_at),
    closed_by UUID REFERENCES app_user (id),
    counted_minor BIGINT CHECK (counted_minor >= 0),
    expected_minor BIGINT,
    note TEXT,
    UNIQUE (branch_id, number),
    UNIQUE (id, branch_id),
    FOREIGN KEY (terminal_id, branch_id) REFERENCES terminal (id, branch_id),
    CONSTRAINT cash_session_count CHECK (
        (closed_at IS NULL) = (closed_by IS NULL) AND (closed_at IS NULL) = (counted_minor IS NULL)
        AND (closed_at IS NULL) = (expected_minor IS NULL)
    )
);
CREATE UNIQUE INDEX cash_session_open ON cash_session (terminal_id) WHERE closed_at IS NULL;
CREATE INDEX cash_session_day ON cash_session (branch_id, business_day);
-- What was counted stays counted.
CREATE TRIGGER cash_session_append_only BEFORE UPDATE ON cash_session
    FOR EACH ROW WHEN (OLD.closed_at IS NOT NULL) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER cash_session_no_delete BEFORE DELETE ON cash_session
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER cash_session_keeps_all BEFORE TRUNCATE ON cash_session
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE cash_move (
    id UUID NOT NULL PRIMARY KEY,
    session_id UUID NOT NULL REFERENCES cash_session (id),
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
    amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
    reason TEXT NOT NULL,
    at BIGINT NOT NULL,
    user_id UUID NOT NULL REFERENCES app_user (id),
    command_id UUID NOT NULL
);
CREATE INDEX cash_move_of_session ON cash_move (session_id, at);
CREATE TRIGGER cash_move_append_only BEFORE UPDATE OR DELETE ON cash_move
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER cash_move_keeps_all BEFORE TRUNCATE ON cash_move
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- amount goes to the bill, tip to the people; tendered and change are of cash. Cash belongs to a session.
CREATE TABLE payment (
    id UUID NOT NULL PRIMARY KEY,
    branch_id UUID NOT NULL,
    company_id UUID NOT NULL,
    order_id UUID NOT NULL REFERENCES customer_order (id),
    session_id UUID,
    method TEXT NOT NULL,
    amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
    tip_minor BIGINT NOT NULL CHECK (tip_minor >= 0),
    tendered_minor BIGINT,
    change_minor BIGINT,
    reference TEXT,
    at BIGINT NOT NULL,
    user_id UUID NOT NULL REFERENCES app_user (id),
    terminal_id UUID NOT NULL REFERENCES terminal (id),
    command_id UUID NOT NULL,
    FOREIGN KEY (branch_id, company_id) REFERENCES branch (id, company_id),
    FOREIGN KEY (company_id, method) REFERENCES payment_method (company_id, code),
    FOREIGN KEY (session_id, branch_id) REFERENCES cash_session (id, branch_id),
    CONSTRAINT payment_change CHECK (
        (tendered_minor IS NULL AND change_minor IS NULL)
        OR (tendered_minor IS NOT NULL AND change_minor IS NOT NULL AND change_minor BETWEEN 0 AND tendered_minor)
    )
);
CREATE INDEX payment_of_order ON payment (order_id);
CREATE INDEX payment_of_session ON payment (session_id) WHERE session_id IS NOT NULL;
CREATE INDEX payment_at ON payment (branch_id, at);
CREATE TRIGGER payment_append_only BEFORE UPDATE OR DELETE ON payment
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payment_keeps_all BEFORE TRUNCATE ON payment
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- session_id is the drawer that the money came out of.
CREATE TABLE refund (
    id UUID NOT NULL PRIMARY KEY,
    payment_id UUID NOT NULL REFERENCES payment (id),
    session_id UUID REFERENCES cash_session (id),
    amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
    reason TEXT NOT NULL,
    at BIGINT NOT NULL,
    user_id UUID NOT NULL REFERENCES app_user (id),
    terminal_id UUID NOT NULL REFERENCES terminal (id),
    command_id UUID NOT NULL
);
CREATE INDEX refund_of_payment ON refund (payment_id);
CREATE INDEX refund_of_session ON refund (session_id) WHERE session_id IS NOT NULL;
CREATE TRIGGER refund_append_only BEFORE UPDATE OR DELETE ON refund
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refund_keeps_all BEFORE TRUNCATE ON refund
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- No more is given back than was paid, tip included. PostgreSQL locks the payment, or two refunds at once
-- would not see each other.
CREATE FUNCTION keep_refund_within_payment() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
    paid BIGINT;
BEGIN
    SELECT amount_minor + tip_minor INTO paid FROM payment WHERE id = NEW.payment_id FOR UPDATE;
    IF NEW.amount_minor + (SELECT COALESCE(SUM(amount_minor), 0) FROM refund WHERE payment_id = NEW.payment_id)
       > paid THEN
        PERFORM refuse_break('refund_within_payment', 'refund');
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER refund_within_payment BEFORE INSERT ON refund
    FOR EACH ROW EXECUTE FUNCTION keep_refund_within_payment();

-- What a session counted is not made wrong afterwards: no money moves in or out of a closed one. PostgreSQL
-- locks the session, so that it cannot be closed between the look and the commit.
CREATE FUNCTION keep_to_open_session() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
    closed BIGINT;
BEGIN
    SELECT closed_at INTO closed FROM cash_session WHERE id = NEW.session_id FOR SHARE;
    IF closed IS NOT NULL THEN
        PERFORM refuse_break('cash_session_is_open', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER cash_move_in_open_session BEFORE INSERT ON cash_move
    FOR EACH ROW EXECUTE FUNCTION keep_to_open_session();
CREATE TRIGGER payment_in_open_session BEFORE INSERT ON payment
    FOR EACH ROW EXECUTE FUNCTION keep_to_open_session();
CREATE TRIGGER refund_from_open_session BEFORE INSERT ON refund
    FOR EACH ROW EXECUTE FUNCTION keep_to_open_session();

-- A range of numbers for papers of one kind, as a tax office grants them; next_number is one past the last
-- when the range is spent. A branch draws each kind from one range at a time.
CREATE TABLE numbering_range (
    id UUID NOT NULL PRIMARY KEY,
    branch_id UUID NOT NULL REFERENCES branch (id),
    kind TEXT NOT NULL,
    prefix TEXT NOT NULL,
    first_number BIGINT NOT NULL CHECK (first_number > 0),
    last_number BIGINT NOT NULL CHECK (last_number >= first_number),
    next_number BIGINT NOT NULL,
    valid_from BIGINT,
    valid_until BIGINT CHECK (valid_until > valid_from),
    active BOOLEAN NOT NULL DEFAULT TRUE,
    UNIQUE (branch_id, kind, prefix, first_number),
    CONSTRAINT numbering_range_next CHECK (next_number BETWEEN first_number AND last_number + 1)
);
CREATE UNIQUE INDEX numbering_range_in_use ON numbering_range (branch_id, kind) WHERE active;

CREATE TABLE receipt (
    id UUID NOT NULL PRIMARY KEY,
    order_id UUID NOT NULL REFERENCES customer_order (id),
    range_id UUID NOT NULL REFERENCES numbering_range (id),
    number BIGINT NOT NULL CHECK (number > 0),
    at BIGINT NOT NULL,
    user_id UUID NOT NULL REFERENCES app_user (id),
    UNIQUE (range_id, number)
);
CREATE INDEX receipt_of_order ON receipt (order_id);
CREATE TRIGGER receipt_append_only BEFORE UPDATE OR DELETE ON receipt
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER receipt_keeps_all BEFORE TRUNCATE ON receipt
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

INSERT INTO numbering_range (id, branch_id, kind, prefix, first_number, last_number, next_number)
SELECT gen_random_uuid(), id, 'receipt', '', 1, 999999999, 1 FROM branch;
