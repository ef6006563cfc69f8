-- Stock: a ledger of moves. What is on hand is their sum, kept beside them so that no one has to add it up.
--
-- item_id is the variant when there is one and the product when there is none.

-- A command's moves are numbered, so that sending it again finds them there. A sale names its line; that is
-- no foreign key, because a line may leave for its year's archive and the ledger stays: a trigger looks it up.
CREATE TABLE stock_move (
    id UUID NOT NULL PRIMARY KEY,
    location_id UUID NOT NULL REFERENCES location (id),
    item_id UUID NOT NULL,
    product_id UUID NOT NULL REFERENCES product (id),
    variant_id UUID,
    quantity_milli BIGINT NOT NULL CHECK (quantity_milli <> 0),
    kind TEXT NOT NULL CHECK (kind IN ('sale', 'void', 'receive', 'count', 'transfer', 'waste', 'recipe')),
    order_line_id UUID,
    command_id UUID NOT NULL,
    position BIGINT NOT NULL CHECK (position >= 0),
    reason TEXT,
    at BIGINT NOT NULL,
    user_id UUID NOT NULL REFERENCES app_user (id),
    UNIQUE (command_id, position),
    CHECK (item_id = COALESCE(variant_id, product_id)),
    FOREIGN KEY (variant_id, product_id) REFERENCES variant (id, product_id)
);
CREATE INDEX stock_move_of_item ON stock_move (location_id, item_id, at);
CREATE INDEX stock_move_of_line ON stock_move (order_line_id) WHERE order_line_id IS NOT NULL;
CREATE TRIGGER stock_move_append_only BEFORE UPDATE OR DELETE ON stock_move
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER stock_move_keeps_all BEFORE TRUNCATE ON stock_move
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- least_milli is what must stay on hand; without it the count may fall below nothing. last_move_id is the
-- move that made on_hand_milli what it is.
CREATE TABLE stock_level (
    location_id UUID NOT NULL REFERENCES location (id),
    item_id UUID NOT NULL,
    product_id UUID NOT NULL REFERENCES product (id),
    variant_id UUID,
    on_hand_milli BIGINT NOT NULL,
    least_milli BIGINT,
    last_move_id UUID REFERENCES stock_move (id),
    PRIMARY KEY (location_id, item_id),
    CHECK (item_id = COALESCE(variant_id, product_id)),
    CONSTRAINT stock_level_least CHECK (least_milli IS NULL OR on_hand_milli >= least_milli),
    CONSTRAINT stock_level_moved CHECK (last_move_id IS NOT NULL OR on_hand_milli = 0),
    FOREIGN KEY (variant_id, product_id) REFERENCES variant (id, product_id)
);
CREATE INDEX stock_level_product ON stock_level (product_id);

CREATE FUNCTION keep_stock_move_line() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM order_line WHERE id = NEW.order_line_id) THEN
        PERFORM refuse_break('stock_move_line', 'stock_move');
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER stock_move_line BEFORE INSERT ON stock_move
    FOR EACH ROW WHEN (NEW.order_line_id IS NOT NULL) EXECUTE FUNCTION keep_stock_move_line();

CREATE FUNCTION count_stock_move() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO stock_level (location_id, item_id, product_id, variant_id, on_hand_milli, last_move_id)
    VALUES (NEW.location_id, NEW.item_id, NEW.product_id, NEW.variant_id, NEW.quantity_milli, NEW.id)
    ON CONFLICT (location_id, item_id) DO UPDATE
    SET on_hand_milli = stock_level.on_hand_milli + excluded.on_hand_milli, last_move_id = excluded.last_move_id;
    RETURN NULL;
END;
$$;
CREATE TRIGGER stock_move_counts AFTER INSERT ON stock_move FOR EACH ROW EXECUTE FUNCTION count_stock_move();

-- The count changes by its moves alone, each once.
CREATE FUNCTION keep_stock_level_following() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.location_id <> OLD.location_id OR NEW.item_id <> OLD.item_id
       OR NEW.last_move_id IS NOT DISTINCT FROM OLD.last_move_id
       OR NOT EXISTS (
           SELECT 1 FROM stock_move AS move
           WHERE move.id = NEW.last_move_id AND move.location_id = OLD.location_id AND move.item_id = OLD.item_id
             AND move.quantity_milli = NEW.on_hand_milli - OLD.on_hand_milli
       ) THEN
        PERFORM refuse_break('stock_level_follows_moves', 'stock_level');
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER stock_level_follows_moves
    BEFORE UPDATE OF location_id, item_id, product_id, variant_id, on_hand_milli, last_move_id ON stock_level
    FOR EACH ROW EXECUTE FUNCTION keep_stock_level_following();
CREATE TRIGGER stock_level_no_delete BEFORE DELETE ON stock_level
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER stock_level_keeps_all BEFORE TRUNCATE ON stock_level
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What making one unit of a product, or of one variant of it, takes out of stock.
CREATE TABLE recipe (
    item_id UUID NOT NULL,
    product_id UUID NOT NULL REFERENCES product (id),
    variant_id UUID,
    ingredient_id UUID NOT NULL REFERENCES product (id),
    quantity_milli BIGINT NOT NULL CHECK (quantity_milli > 0),
    PRIMARY KEY (item_id, ingredient_id),
    CHECK (item_id = COALESCE(variant_id, product_id)),
    CONSTRAINT recipe_of_others CHECK (ingredient_id <> product_id),
    FOREIGN KEY (variant_id, product_id) REFERENCES variant (id, product_id)
);
CREATE INDEX recipe_product ON recipe (product_id);
CREATE INDEX recipe_ingredient ON recipe (ingredient_id);

CREATE TABLE stock_count (
    id UUID NOT NULL PRIMARY KEY,
    location_id UUID NOT NULL REFERENCES location (id),
    state TEXT NOT NULL CHECK (state IN ('open', 'posted', 'cancelled')),
    opened_at BIGINT NOT NULL,
    opened_by UUID NOT NULL REFERENCES app_user (id),
    closed_at BIGINT CHECK (closed_at >= opened_at),
    closed_by UUID REFERENCES app_user (id),
    note TEXT,
    CONSTRAINT stock_count_end CHECK (
        (state = 'open') = (closed_at IS NULL) AND (closed_at IS NULL) = (closed_by IS NULL)
    )
);
CREATE INDEX stock_count_of_location ON stock_count (location_id, opened_at);

CREATE TABLE stock_count_line (
    count_id UUID NOT NULL REFERENCES stock_count (id),
    item_id UUID NOT NULL,
    product_id UUID NOT NULL REFERENCES product (id),
    variant_id UUID,
    expected_milli BIGINT NOT NULL,
    counted_milli BIGINT NOT NULL CHECK (counted_milli >= 0),
    at BIGINT NOT NULL,
    user_id UUID NOT NULL REFERENCES app_user (id),
    PRIMARY KEY (count_id, item_id),
    CHECK (item_id = COALESCE(variant_id, product_id)),
    FOREIGN KEY (variant_id, product_id) REFERENCES variant (id, product_id)
);

CREATE TABLE transfer (
    id UUID NOT NULL PRIMARY KEY,
    from_location_id UUID NOT NULL REFERENCES location (id),
    to_location_id UUID NOT NULL REFERENCES location (id),
    state TEXT NOT NULL CHECK (state IN ('draft', 'sent', 'received', 'cancelled')),
    created_at BIGINT NOT NULL,
    created_by UUID NOT NULL REFERENCES app_user (id),
    sent_at BIGINT,
    received_at BIGINT CHECK (received_at >= sent_at),
    note TEXT,
    CHECK (from_location_id <> to_location_id),
    CONSTRAINT transfer_sent CHECK (state NOT IN ('sent', 'received') OR sent_at IS NOT NULL),
    CONSTRAINT transfer_received CHECK ((state = 'received') = (received_at IS NOT NULL))
);
CREATE INDEX transfer_from ON transfer (from_location_id, created_at);
CREATE INDEX transfer_to ON transfer (to_location_id, created_at);

CREATE TABLE transfer_line (
    transfer_id UUID NOT NULL REFERENCES transfer (id),
    item_id UUID NOT NULL,
    product_id UUID NOT NULL REFERENCES product (id),
    variant_id UUID,
    quantity_milli BIGINT NOT NULL CHECK (quantity_milli > 0),
    received_milli BIGINT CHECK (received_milli >= 0),
    PRIMARY KEY (transfer_id, item_id),
    CHECK (item_id = COALESCE(variant_id, product_id)),
    FOREIGN KEY (variant_id, product_id) REFERENCES variant (id, product_id)
);
