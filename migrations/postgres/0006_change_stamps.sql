-- How a cache learns that what it holds is old: each change of a table of a topic counts the topic's stamp on,
-- in the change's own transaction, whoever made it. No table of a topic is without its triggers (a law).
-- Terminals that listen on fastops_changed are told at the commit.

CREATE TABLE change_stamp (
    topic TEXT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL
);
INSERT INTO change_stamp (topic, version)
VALUES ('menu', 1), ('floor', 1), ('people', 1), ('stations', 1), ('settings', 1), ('stock', 1);

CREATE FUNCTION stamp_change() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    UPDATE change_stamp SET version = version + 1 WHERE topic = TG_ARGV[0];
    PERFORM pg_notify('fastops_changed', TG_ARGV[0]);
    RETURN NULL;
END;
$$;

-- menu
CREATE TRIGGER tax_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON tax
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('menu');
CREATE TRIGGER category_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON category
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('menu');
CREATE TRIGGER product_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON product
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('menu');
CREATE TRIGGER product_tax_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON product_tax
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('menu');
CREATE TRIGGER size_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON size
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('menu');
CREATE TRIGGER color_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON color
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('menu');
CREATE TRIGGER variant_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON variant
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('menu');
CREATE TRIGGER barcode_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON barcode
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('menu');
CREATE TRIGGER modifier_group_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON modifier_group
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('menu');
CREATE TRIGGER modifier_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON modifier
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('menu');
CREATE TRIGGER product_modifier_group_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON product_modifier_group
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('menu');
CREATE TRIGGER combo_slot_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON combo_slot
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('menu');
CREATE TRIGGER combo_choice_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON combo_choice
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('menu');
CREATE TRIGGER price_list_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON price_list
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('menu');
CREATE TRIGGER price_list_hours_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON price_list_hours
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('menu');
CREATE TRIGGER price_list_item_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON price_list_item
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('menu');
CREATE TRIGGER recipe_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON recipe
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('menu');

-- floor
CREATE TRIGGER room_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON room
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('floor');
CREATE TRIGGER dining_table_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON dining_table
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('floor');

-- people
CREATE TRIGGER role_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON role
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('people');
CREATE TRIGGER role_permission_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON role_permission
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('people');
CREATE TRIGGER app_user_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON app_user
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('people');

-- stations
CREATE TRIGGER station_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON station
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('stations');
CREATE TRIGGER printer_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON printer
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('stations');
CREATE TRIGGER station_target_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON station_target
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('stations');
CREATE TRIGGER category_station_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON category_station
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('stations');
CREATE TRIGGER product_station_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON product_station
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('stations');

-- settings
CREATE TRIGGER company_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON company
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('settings');
CREATE TRIGGER branch_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON branch
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('settings');
CREATE TRIGGER location_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON location
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('settings');
CREATE TRIGGER terminal_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON terminal
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('settings');
CREATE TRIGGER order_type_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON order_type
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('settings');
CREATE TRIGGER payment_method_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON payment_method
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('settings');
CREATE TRIGGER setting_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON setting
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('settings');

-- stock: its facts are never changed, and a level says anything new only by a move or by its limit. A statement's
-- moves hold all their levels before they hold the stamp, so that two units never wait for each other crosswise.
CREATE TRIGGER stock_move_stamp AFTER INSERT ON stock_move
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('stock');
CREATE TRIGGER stock_level_stamp AFTER INSERT ON stock_level
    FOR EACH ROW WHEN (NEW.least_milli IS NOT NULL) EXECUTE FUNCTION stamp_change('stock');
CREATE TRIGGER stock_level_least_stamp AFTER UPDATE OF least_milli ON stock_level
    FOR EACH ROW EXECUTE FUNCTION stamp_change('stock');
