-- An open order stands at a table that is on the floor: whoever takes a table off looks first for orders, and whoever
-- opens one there a moment later is refused here.

CREATE TRIGGER customer_order_at_a_table BEFORE INSERT ON customer_order
WHEN NEW.closed_at IS NULL AND NEW.table_id IS NOT NULL AND EXISTS (
    SELECT 1 FROM dining_table JOIN room ON room.id = room_id
    WHERE dining_table.id = NEW.table_id AND (dining_table.active = 0 OR room.active = 0)
)
BEGIN
    SELECT RAISE(ABORT, 'customer_order_at_a_table is broken');
END;
CREATE TRIGGER customer_order_to_a_table BEFORE UPDATE OF table_id ON customer_order
WHEN NEW.closed_at IS NULL AND NEW.table_id IS NOT NULL AND EXISTS (
    SELECT 1 FROM dining_table JOIN room ON room.id = room_id
    WHERE dining_table.id = NEW.table_id AND (dining_table.active = 0 OR room.active = 0)
)
BEGIN
    SELECT RAISE(ABORT, 'customer_order_at_a_table is broken');
END;
