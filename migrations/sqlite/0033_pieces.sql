-- Some units of a line apart: they become a line of their own, a piece, which names the line that it was taken off and
-- how many units that had until then. What the two have is what the one had. Everything else of a piece is as it was
-- typed, and it has been wherever the other has; each goes to its own archive.

ALTER TABLE order_line ADD COLUMN piece_of_id BLOB;
ALTER TABLE order_line ADD COLUMN piece_of_units INTEGER
    CONSTRAINT order_line_piece CHECK ((piece_of_id IS NULL) = (piece_of_units IS NULL) AND piece_of_units > 1);
CREATE INDEX order_line_pieces ON order_line (piece_of_id) WHERE piece_of_id IS NOT NULL;

DROP TRIGGER order_line_no_update;
CREATE TRIGGER order_line_no_update
BEFORE UPDATE OF id, order_id, product_id, name, price_minor, modifiers, note, allergy, course, station_id, revision,
                 position, created_at, user_id, taxes, variant_id, seat, combo_line_id, held, price_list,
                 ordinary_price_minor, piece_of_id, piece_of_units ON order_line
BEGIN
    SELECT RAISE(ABORT, 'order_line is append-only');
END;

-- A line loses the units that a piece of it was given, and no others.
CREATE TRIGGER order_line_pieces BEFORE UPDATE OF quantity ON order_line
WHEN NOT EXISTS (
    SELECT 1 FROM order_line AS piece
    WHERE piece.piece_of_id = OLD.id AND piece.piece_of_units = OLD.quantity
      AND piece.quantity = OLD.quantity - NEW.quantity
)
BEGIN
    SELECT RAISE(ABORT, 'order_line_pieces is broken');
END;

-- Only what is held is fired, and a piece of what was fired is fired as that was.
DROP TRIGGER order_line_fire_of_held;
CREATE TRIGGER order_line_fire_of_held BEFORE INSERT ON order_line_fire
WHEN NOT EXISTS (SELECT 1 FROM order_line WHERE id = NEW.line_id AND held = 1 AND current_order_id = NEW.order_id)
    AND NOT EXISTS (SELECT 1 FROM order_line AS piece
                    JOIN order_line_fire AS fire ON fire.line_id = piece.piece_of_id
                    WHERE piece.id = NEW.line_id AND fire.order_id = NEW.order_id AND fire.at = NEW.at)
    OR EXISTS (SELECT 1 FROM order_line_void WHERE line_id = NEW.line_id)
BEGIN
    SELECT RAISE(ABORT, 'order_line_fire_of_held is broken');
END;
