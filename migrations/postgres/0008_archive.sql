-- Orders whose details lie in the file of their year. The order itself stays, with its posted figures: money
-- points at it, its number is taken for ever, and reports of figures need nothing else.

-- The year in whose file the details lie; empty while they are here. Only details of such an order may be
-- deleted, and it is set in the very transaction that deletes them, so it opens no door.
ALTER TABLE customer_order ADD COLUMN archived_year BIGINT;
ALTER TABLE customer_order ADD CONSTRAINT customer_order_archived
    CHECK (archived_year IS NULL OR total_minor IS NOT NULL);
CREATE INDEX customer_order_to_archive ON customer_order (branch_id, closed_at)
    WHERE total_minor IS NOT NULL AND archived_year IS NULL;
CREATE FUNCTION refuse_second_archive() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    PERFORM refuse_break('customer_order_archived_once', 'customer_order');
    RETURN NEW;
END;
$$;
CREATE TRIGGER customer_order_archived_once BEFORE UPDATE OF archived_year ON customer_order
    FOR EACH ROW WHEN (OLD.archived_year IS NOT NULL AND NEW.archived_year IS DISTINCT FROM OLD.archived_year)
    EXECUTE FUNCTION refuse_second_archive();

-- How much of a year's file counts: batches up to the last one that was taken out of this database. What
-- the file holds beyond it is of a move that did not come to its end, and is still here.
DROP TABLE archived_year;
CREATE TABLE archived_year (
    branch_id UUID NOT NULL REFERENCES branch (id),
    year BIGINT NOT NULL CHECK (year BETWEEN 2000 AND 2999),
    batch BIGINT NOT NULL CHECK (batch > 0),
    orders BIGINT NOT NULL CHECK (orders > 0),
    total_minor BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (branch_id, year)
);
CREATE FUNCTION keep_archived_year_growing() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    PERFORM refuse_break('archived_year_grows', 'archived_year');
    RETURN NEW;
END;
$$;
CREATE TRIGGER archived_year_grows BEFORE UPDATE ON archived_year
    FOR EACH ROW WHEN (NEW.branch_id <> OLD.branch_id OR NEW.year <> OLD.year OR NEW.batch <> OLD.batch + 1
                       OR NEW.orders <= OLD.orders)
    EXECUTE FUNCTION keep_archived_year_growing();
CREATE TRIGGER archived_year_no_delete BEFORE DELETE ON archived_year
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER archived_year_keeps_all BEFORE TRUNCATE ON archived_year
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Refuses to delete what belongs to an order, named by the column in the argument, while it is not archived.
CREATE OR REPLACE FUNCTION refuse_unless_archived() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM customer_order
        WHERE id = (to_jsonb(OLD) ->> TG_ARGV[0])::UUID AND archived_year IS NOT NULL
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
END;
$$;
-- The same for what belongs to a line, by the order that the line stands in.
CREATE FUNCTION refuse_unless_line_archived() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM order_line JOIN customer_order ON customer_order.id = current_order_id
        WHERE order_line.id = OLD.line_id AND archived_year IS NOT NULL
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
END;
$$;
DROP TRIGGER order_line_void_no_delete ON order_line_void;
CREATE TRIGGER order_line_void_no_delete BEFORE DELETE ON order_line_void
    FOR EACH ROW EXECUTE FUNCTION refuse_unless_line_archived();
DROP TRIGGER order_line_move_no_delete ON order_line_move;
CREATE TRIGGER order_line_move_no_delete BEFORE DELETE ON order_line_move
    FOR EACH ROW EXECUTE FUNCTION refuse_unless_line_archived();
