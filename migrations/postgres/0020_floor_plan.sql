-- An open order stands at a table that is on the floor: whoever takes a table off looks first for orders, and whoever
-- opens one there a moment later is refused here. The rows are locked first and looked at in a statement of its own,
-- which sees what was waited for.

CREATE FUNCTION keep_order_at_a_table() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM dining_table JOIN room ON room.id = room_id WHERE dining_table.id = NEW.table_id FOR SHARE;
    IF EXISTS (
        SELECT 1 FROM dining_table JOIN room ON room.id = room_id
        WHERE dining_table.id = NEW.table_id AND NOT (dining_table.active AND room.active)
    ) THEN
        PERFORM refuse_break('customer_order_at_a_table', 'customer_order');
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER customer_order_at_a_table BEFORE INSERT ON customer_order
    FOR EACH ROW WHEN (NEW.closed_at IS NULL AND NEW.table_id IS NOT NULL) EXECUTE FUNCTION keep_order_at_a_table();
CREATE TRIGGER customer_order_to_a_table BEFORE UPDATE OF table_id ON customer_order
    FOR EACH ROW WHEN (NEW.closed_at IS NULL AND NEW.table_id IS NOT NULL) EXECUTE FUNCTION keep_order_at_a_table();
