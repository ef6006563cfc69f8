-- Lines that are sent to be made only when their course is fired. Such a line is held until there is a fire or a
-- void of it; order_id of its fire is the order whose ticket told its station.

ALTER TABLE order_line ADD COLUMN held BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE order_line_fire (
    line_id UUID NOT NULL PRIMARY KEY REFERENCES order_line (id),
    order_id UUID NOT NULL REFERENCES customer_order (id),
    at BIGINT NOT NULL,
    user_id UUID NOT NULL REFERENCES app_user (id),
    terminal_id UUID NOT NULL REFERENCES terminal (id),
    command_id UUID NOT NULL
);
CREATE TRIGGER order_line_fire_append_only BEFORE UPDATE ON order_line_fire
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER order_line_fire_no_delete BEFORE DELETE ON order_line_fire
    FOR EACH ROW EXECUTE FUNCTION refuse_unless_line_archived();
CREATE TRIGGER order_line_fire_keeps_all BEFORE TRUNCATE ON order_line_fire
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- Only what is held is fired.
CREATE FUNCTION keep_fire_of_held() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM order_line WHERE id = NEW.line_id AND held AND current_order_id = NEW.order_id)
        OR EXISTS (SELECT 1 FROM order_line_void WHERE line_id = NEW.line_id) THEN
        PERFORM refuse_break('order_line_fire_of_held', 'order_line_fire');
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER order_line_fire_of_held BEFORE INSERT ON order_line_fire
    FOR EACH ROW EXECUTE FUNCTION keep_fire_of_held();

DROP TRIGGER order_line_append_only ON order_line;
CREATE TRIGGER order_line_append_only
    BEFORE UPDATE OF id, order_id, product_id, name, quantity, price_minor, modifiers, note, allergy, course,
                     station_id, revision, position, created_at, user_id, taxes, variant_id, seat, combo_line_id, held
    ON order_line FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Nobody pays for what nobody was told to make: it is fired or voided first.
CREATE FUNCTION keep_nothing_held() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM order_line WHERE current_order_id = NEW.id AND held
            AND NOT EXISTS (SELECT 1 FROM order_line_fire WHERE line_id = order_line.id)
            AND NOT EXISTS (SELECT 1 FROM order_line_void WHERE line_id = order_line.id)
    ) THEN
        PERFORM refuse_break('customer_order_holds_nothing', 'customer_order');
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER customer_order_holds_nothing BEFORE UPDATE OF closed_at ON customer_order
    FOR EACH ROW WHEN (OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL) EXECUTE FUNCTION keep_nothing_held();

-- When a cook said that a ticket goes before the others; empty where nobody did.
ALTER TABLE ticket ADD COLUMN first_at BIGINT;
