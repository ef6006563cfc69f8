-- Lines that are sent to be made only when their course is fired. Such a line is held until there is a fire or a
-- void of it; order_id of its fire is the order whose ticket told its station.

ALTER TABLE order_line ADD COLUMN held INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1));

CREATE TABLE order_line_fire (
    line_id BLOB NOT NULL PRIMARY KEY REFERENCES order_line (id),
    order_id BLOB NOT NULL REFERENCES customer_order (id),
    at INTEGER NOT NULL,
    user_id BLOB NOT NULL REFERENCES app_user (id),
    terminal_id BLOB NOT NULL REFERENCES terminal (id),
    command_id BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER order_line_fire_no_update BEFORE UPDATE ON order_line_fire
BEGIN
    SELECT RAISE(ABORT, 'order_line_fire is append-only');
END;
CREATE TRIGGER order_line_fire_no_delete BEFORE DELETE ON order_line_fire WHEN NOT EXISTS (
    SELECT 1 FROM order_line JOIN customer_order ON customer_order.id = current_order_id
    WHERE order_line.id = OLD.line_id AND archived_year IS NOT NULL
)
BEGIN
    SELECT RAISE(ABORT, 'order_line_fire is append-only');
END;
-- Only what is held is fired.
CREATE TRIGGER order_line_fire_of_held BEFORE INSERT ON order_line_fire
WHEN NOT EXISTS (SELECT 1 FROM order_line WHERE id = NEW.line_id AND held = 1 AND current_order_id = NEW.order_id)
    OR EXISTS (SELECT 1 FROM order_line_void WHERE line_id = NEW.line_id)
BEGIN
    SELECT RAISE(ABORT, 'order_line_fire_of_held is broken');
END;

DROP TRIGGER order_line_no_update;
CREATE TRIGGER order_line_no_update
BEFORE UPDATE OF id, order_id, product_id, name, quantity, price_minor, modifiers, note, allergy, course, station_id,
                 revision, position, created_at, user_id, taxes, variant_id, seat, combo_line_id, held ON order_line
BEGIN
    SELECT RAISE(ABORT, 'order_line is append-only');
END;

-- Nobody pays for what nobody was told to make: it is fired or voided first.
CREATE TRIGGER customer_order_holds_nothing BEFORE UPDATE OF closed_at ON customer_order
WHEN OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL AND EXISTS (
    SELECT 1 FROM order_line WHERE current_order_id = NEW.id AND held = 1
        AND NOT EXISTS (SELECT 1 FROM order_line_fire WHERE line_id = order_line.id)
        AND NOT EXISTS (SELECT 1 FROM order_line_void WHERE line_id = order_line.id)
)
BEGIN
    SELECT RAISE(ABORT, 'customer_order_holds_nothing is broken');
END;

-- When a cook said that a ticket goes before the others; empty where nobody did.
ALTER TABLE ticket ADD COLUMN first_at INTEGER;
