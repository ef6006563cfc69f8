-- Stock: a ledger of moves. What is on hand is their sum, kept beside them so that no one has to add it up.
--
-- item_id is the variant when there is one and the product when there is none.

-- A command's moves are numbered, so that sending it again finds them there. A sale names its line; that is
-- no foreign key, because a line may leave for its year's archive and the ledger stays: a trigger looks it up.
CREATE TABLE stock_move (
    id BLOB NOT NULL PRIMARY KEY,
    location_id BLOB NOT NULL REFERENCES location (id),
    item_id BLOB NOT NULL,
    product_id BLOB NOT NULL REFERENCES product (id),
    variant_id BLOB,
    quantity_milli INTEGER NOT NULL CHECK (quantity_milli <> 0),
    kind TEXT NOT NULL CHECK (
        kind = 'sale' OR kind = 'void' OR kind = 'receive' OR kind = 'count' OR kind = 'transfer' OR kind = 'waste'
        OR kind = 'recipe'
    ),
    order_line_id BLOB,
    command_id BLOB NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 0),
    reason TEXT,
    at INTEGER NOT NULL,
    user_id BLOB NOT NULL REFERENCES app_user (id),
    UNIQUE (command_id, position),
    CHECK (item_id = COALESCE(variant_id, product_id)),
    FOREIGN KEY (variant_id, product_id) REFERENCES variant (id, product_id)
) STRICT;
CREATE INDEX stock_move_of_item ON stock_move (location_id, item_id, at);
CREATE INDEX stock_move_of_line ON stock_move (order_line_id) WHERE order_line_id IS NOT NULL;
CREATE TRIGGER stock_move_no_update BEFORE UPDATE ON stock_move
BEGIN
    SELECT RAISE(ABORT, 'stock_move is append-only');
END;
CREATE TRIGGER stock_move_no_delete BEFORE DELETE ON stock_move
BEGIN
    SELECT RAISE(ABORT, 'stock_move is append-only');
END;

-- least_milli is what must stay on hand; without it the count may fall below nothing. last_move_id is the
-- move that made on_hand_milli what it is.
CREATE TABLE stock_level (
    location_id BLOB NOT NULL REFERENCES location (id),
    item_id BLOB NOT NULL,
    product_id BLOB NOT NULL REFERENCES product (id),
    variant_id BLOB,
    on_hand_milli INTEGER NOT NULL,
    least_milli INTEGER,
    last_move_id BLOB REFERENCES stock_move (id),
    PRIMARY KEY (location_id, item_id),
    CHECK (item_id = COALESCE(variant_id, product_id)),
    CONSTRAINT stock_level_least CHECK (least_milli IS NULL OR on_hand_milli >= least_milli),
    CONSTRAINT stock_level_moved CHECK (last_move_id IS NOT NULL OR on_hand_milli = 0),
    FOREIGN KEY (variant_id, product_id) REFERENCES variant (id, product_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX stock_level_product ON stock_level (product_id);

CREATE TRIGGER stock_move_line BEFORE INSERT ON stock_move
WHEN NEW.order_line_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM order_line WHERE id = NEW.order_line_id)
BEGIN
    SELECT RAISE(ABORT, 'stock_move_line is broken');
END;
CREATE TRIGGER stock_move_counts AFTER INSERT ON stock_move
BEGIN
    INSERT INTO stock_level (location_id, item_id, product_id, variant_id, on_hand_milli, last_move_id)
    VALUES (NEW.location_id, NEW.item_id, NEW.product_id, NEW.variant_id, NEW.quantity_milli, NEW.id)
    ON CONFLICT (location_id, item_id) DO UPDATE
    SET on_hand_milli = on_hand_milli + excluded.on_hand_milli, last_move_id = excluded.last_move_id;
END;
-- The count changes by its moves alone, each once.
CREATE TRIGGER stock_level_follows_moves
BEFORE UPDATE OF location_id, item_id, product_id, variant_id, on_hand_milli, last_move_id ON stock_level
WHEN NEW.location_id <> OLD.location_id OR NEW.item_id <> OLD.item_id OR NEW.last_move_id IS OLD.last_move_id
     OR NOT EXISTS (
         SELECT 1 FROM stock_move AS move
         WHERE move.id = NEW.last_move_id AND move.location_id = OLD.location_id AND move.item_id = OLD.item_id
           AND move.quantity_milli = NEW.on_hand_milli - OLD.on_hand_milli
     )
BEGIN
    SELECT RAISE(ABORT, 'stock_level_follows_moves is broken');
END;
CREATE TRIGGER stock_level_no_delete BEFORE DELETE ON stock_level
BEGIN
    SELECT RAISE(ABORT, 'stock_level is append-only');
END;

-- What making one unit of a product, or of one variant of it, takes out of stock.
CREATE TABLE recipe (
    item_id BLOB NOT NULL,
    product_id BLOB NOT NULL REFERENCES product (id),
    variant_id BLOB,
    ingredient_id BLOB NOT NULL REFERENCES product (id),
    quantity_milli INTEGER NOT NULL CHECK (quantity_milli > 0),
    PRIMARY KEY (item_id, ingredient_id),
    CHECK (item_id = COALESCE(variant_id, product_id)),
    CONSTRAINT recipe_of_others CHECK (ingredient_id <> product_id),
    FOREIGN KEY (variant_id, product_id) REFERENCES variant (id, product_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX recipe_product ON recipe (product_id);
CREATE INDEX recipe_ingredient ON recipe (ingredient_id);

CREATE TABLE stock_count (
    id BLOB NOT NULL PRIMARY KEY,
    location_id BLOB NOT NULL REFERENCES location (id),
    state TEXT NOT NULL CHECK (state IN ('open', 'posted', 'cancelled')),
    opened_at INTEGER NOT NULL,
    opened_by BLOB NOT NULL REFERENCES app_user (id),
    closed_at INTEGER CHECK (closed_at >= opened_at),
    closed_by BLOB REFERENCES app_user (id),
    note TEXT,
    CONSTRAINT stock_count_end CHECK (
        (state = 'open') = (closed_at IS NULL) AND (closed_at IS NULL) = (closed_by IS NULL)
    )
) STRICT;
CREATE INDEX stock_count_of_location ON stock_count (location_id, opened_at);

CREATE TABLE stock_count_line (
    count_id BLOB NOT NULL REFERENCES stock_count (id),
    item_id BLOB NOT NULL,
    product_id BLOB NOT NULL REFERENCES product (id),
    variant_id BLOB,
    expected_milli INTEGER NOT NULL,
    counted_milli INTEGER NOT NULL CHECK (counted_milli >= 0),
    at INTEGER NOT NULL,
    user_id BLOB NOT NULL REFERENCES app_user (id),
    PRIMARY KEY (count_id, item_id),
    CHECK (item_id = COALESCE(variant_id, product_id)),
    FOREIGN KEY (variant_id, product_id) REFERENCES variant (id, product_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE transfer (
    id BLOB NOT NULL PRIMARY KEY,
    from_location_id BLOB NOT NULL REFERENCES location (id),
    to_location_id BLOB NOT NULL REFERENCES location (id),
    state TEXT NOT NULL CHECK (state IN ('draft', 'sent', 'received', 'cancelled')),
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL REFERENCES app_user (id),
    sent_at INTEGER,
    received_at INTEGER CHECK (received_at >= sent_at),
    note TEXT,
    CHECK (from_location_id <> to_location_id),
    CONSTRAINT transfer_sent CHECK (state NOT IN ('sent', 'received') OR sent_at IS NOT NULL),
    CONSTRAINT transfer_received CHECK ((state = 'received') = (received_at IS NOT NULL))
) STRICT;
CREATE INDEX transfer_from ON transfer (from_location_id, created_at);
CREATE INDEX transfer_to ON transfer (to_location_id, created_at);

CREATE TABLE transfer_line (
    transfer_id BLOB NOT NULL REFERENCES transfer (id),
    item_id BLOB NOT NULL,
    product_id BLOB NOT NULL REFERENCES product (id),
    variant_id BLOB,
    quantity_milli INTEGER NOT NULL CHECK (quantity_milli > 0),
    received_milli INTEGER CHECK (received_milli >= 0),
    PRIMARY KEY (transfer_id, item_id),
    CHECK (item_id = COALESCE(variant_id, product_id)),
    FOREIGN KEY (variant_id, product_id) REFERENCES variant (id, product_id)
) STRICT, WITHOUT ROWID;
