-- Orders whose details lie in the file of their year. The order itself stays, with its posted figures: money
-- points at it, its number is taken for ever, and reports of figures need nothing else.

-- The year in whose file the details lie; empty while they are here. Only details of such an order may be
-- deleted, and it is set in the very transaction that deletes them, so it opens no door.
ALTER TABLE customer_order ADD COLUMN archived_year INTEGER
    CONSTRAINT customer_order_archived CHECK (archived_year IS NULL OR total_minor IS NOT NULL);
CREATE INDEX customer_order_to_archive ON customer_order (branch_id, closed_at)
    WHERE total_minor IS NOT NULL AND archived_year IS NULL;
CREATE TRIGGER customer_order_archived_once BEFORE UPDATE OF archived_year ON customer_order
WHEN OLD.archived_year IS NOT NULL AND NEW.archived_year IS NOT OLD.archived_year
BEGIN
    SELECT RAISE(ABORT, 'customer_order_archived_once is broken');
END;

-- How much of a year's file counts: batches up to the last one that was taken out of this database. What
-- the file holds beyond it is of a move that did not come to its end, and is still here.
DROP TABLE archived_year;
CREATE TABLE archived_year (
    branch_id BLOB NOT NULL REFERENCES branch (id),
    year INTEGER NOT NULL CHECK (year BETWEEN 2000 AND 2999),
    batch INTEGER NOT NULL CHECK (batch > 0),
    orders INTEGER NOT NULL CHECK (orders > 0),
    total_minor INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (branch_id, year)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER archived_year_grows BEFORE UPDATE ON archived_year
WHEN NEW.branch_id <> OLD.branch_id OR NEW.year <> OLD.year OR NEW.batch <> OLD.batch + 1
     OR NEW.orders <= OLD.orders
BEGIN
    SELECT RAISE(ABORT, 'archived_year_grows is broken');
END;
CREATE TRIGGER archived_year_no_delete BEFORE DELETE ON archived_year
BEGIN
    SELECT RAISE(ABORT, 'archived_year is append-only');
END;

DROP TRIGGER order_line_no_delete;
CREATE TRIGGER order_line_no_delete BEFORE DELETE ON order_line WHEN NOT EXISTS (
    SELECT 1 FROM customer_order WHERE id = OLD.current_order_id AND archived_year IS NOT NULL
)
BEGIN
    SELECT RAISE(ABORT, 'order_line is append-only');
END;
DROP TRIGGER order_line_void_no_delete;
CREATE TRIGGER order_line_void_no_delete BEFORE DELETE ON order_line_void WHEN NOT EXISTS (
    SELECT 1 FROM order_line JOIN customer_order ON customer_order.id = current_order_id
    WHERE order_line.id = OLD.line_id AND archived_year IS NOT NULL
)
BEGIN
    SELECT RAISE(ABORT, 'order_line_void is append-only');
END;
DROP TRIGGER order_line_move_no_delete;
CREATE TRIGGER order_line_move_no_delete BEFORE DELETE ON order_line_move WHEN NOT EXISTS (
    SELECT 1 FROM order_line JOIN customer_order ON customer_order.id = current_order_id
    WHERE order_line.id = OLD.line_id AND archived_year IS NOT NULL
)
BEGIN
    SELECT RAISE(ABORT, 'order_line_move is append-only');
END;
DROP TRIGGER order_event_no_delete;
CREATE TRIGGER order_event_no_delete BEFORE DELETE ON order_event WHEN NOT EXISTS (
    SELECT 1 FROM customer_order WHERE id = OLD.order_id AND archived_year IS NOT NULL
)
BEGIN
    SELECT RAISE(ABORT, 'order_event is append-only');
END;
