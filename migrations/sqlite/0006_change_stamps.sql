-- How a cache learns that what it holds is old: each change of a table of a topic counts the topic's stamp on,
-- in the change's own transaction, whoever made it. No table of a topic is without its triggers (a law).

CREATE TABLE change_stamp (
    topic TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO change_stamp (topic, version)
VALUES ('menu', 1), ('floor', 1), ('people', 1), ('stations', 1), ('settings', 1), ('stock', 1);

-- menu
CREATE TRIGGER tax_stamp_insert AFTER INSERT ON tax
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER tax_stamp_update AFTER UPDATE ON tax
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER tax_stamp_delete AFTER DELETE ON tax
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER category_stamp_insert AFTER INSERT ON category
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER category_stamp_update AFTER UPDATE ON category
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER category_stamp_delete AFTER DELETE ON category
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER product_stamp_insert AFTER INSERT ON product
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER product_stamp_update AFTER UPDATE ON product
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER product_stamp_delete AFTER DELETE ON product
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER product_tax_stamp_insert AFTER INSERT ON product_tax
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER product_tax_stamp_update AFTER UPDATE ON product_tax
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER product_tax_stamp_delete AFTER DELETE ON product_tax
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER size_stamp_insert AFTER INSERT ON size
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER size_stamp_update AFTER UPDATE ON size
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER size_stamp_delete AFTER DELETE ON size
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER color_stamp_insert AFTER INSERT ON color
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER color_stamp_update AFTER UPDATE ON color
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER color_stamp_delete AFTER DELETE ON color
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER variant_stamp_insert AFTER INSERT ON variant
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER variant_stamp_update AFTER UPDATE ON variant
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER variant_stamp_delete AFTER DELETE ON variant
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER barcode_stamp_insert AFTER INSERT ON barcode
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER barcode_stamp_update AFTER UPDATE ON barcode
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER barcode_stamp_delete AFTER DELETE ON barcode
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER modifier_group_stamp_insert AFTER INSERT ON modifier_group
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER modifier_group_stamp_update AFTER UPDATE ON modifier_group
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER modifier_group_stamp_delete AFTER DELETE ON modifier_group
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER modifier_stamp_insert AFTER INSERT ON modifier
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER modifier_stamp_update AFTER UPDATE ON modifier
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER modifier_stamp_delete AFTER DELETE ON modifier
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER product_modifier_group_stamp_insert AFTER INSERT ON product_modifier_group
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER product_modifier_group_stamp_update AFTER UPDATE ON product_modifier_group
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER product_modifier_group_stamp_delete AFTER DELETE ON product_modifier_group
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER combo_slot_stamp_insert AFTER INSERT ON combo_slot
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER combo_slot_stamp_update AFTER UPDATE ON combo_slot
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER combo_slot_stamp_delete AFTER DELETE ON combo_slot
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER combo_choice_stamp_insert AFTER INSERT ON combo_choice
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER combo_choice_stamp_update AFTER UPDATE ON combo_choice
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER combo_choice_stamp_delete AFTER DELETE ON combo_choice
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER price_list_stamp_insert AFTER INSERT ON price_list
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER price_list_stamp_update AFTER UPDATE ON price_list
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER price_list_stamp_delete AFTER DELETE ON price_list
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER price_list_hours_stamp_insert AFTER INSERT ON price_list_hours
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER price_list_hours_stamp_update AFTER UPDATE ON price_list_hours
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER price_list_hours_stamp_delete AFTER DELETE ON price_list_hours
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER price_list_item_stamp_insert AFTER INSERT ON price_list_item
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER price_list_item_stamp_update AFTER UPDATE ON price_list_item
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER price_list_item_stamp_delete AFTER DELETE ON price_list_item
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER recipe_stamp_insert AFTER INSERT ON recipe
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER recipe_stamp_update AFTER UPDATE ON recipe
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER recipe_stamp_delete AFTER DELETE ON recipe
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;

-- floor
CREATE TRIGGER room_stamp_insert AFTER INSERT ON room
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'floor'; END;
CREATE TRIGGER room_stamp_update AFTER UPDATE ON room
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'floor'; END;
CREATE TRIGGER room_stamp_delete AFTER DELETE ON room
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'floor'; END;
CREATE TRIGGER dining_table_stamp_insert AFTER INSERT ON dining_table
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'floor'; END;
CREATE TRIGGER dining_table_stamp_update AFTER UPDATE ON dining_table
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'floor'; END;
CREATE TRIGGER dining_table_stamp_delete AFTER DELETE ON dining_table
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'floor'; END;

-- people
CREATE TRIGGER role_stamp_insert AFTER INSERT ON role
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'people'; END;
CREATE TRIGGER role_stamp_update AFTER UPDATE ON role
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'people'; END;
CREATE TRIGGER role_stamp_delete AFTER DELETE ON role
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'people'; END;
CREATE TRIGGER role_permission_stamp_insert AFTER INSERT ON role_permission
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'people'; END;
CREATE TRIGGER role_permission_stamp_update AFTER UPDATE ON role_permission
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'people'; END;
CREATE TRIGGER role_permission_stamp_delete AFTER DELETE ON role_permission
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'people'; END;
CREATE TRIGGER app_user_stamp_insert AFTER INSERT ON app_user
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'people'; END;
CREATE TRIGGER app_user_stamp_update AFTER UPDATE ON app_user
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'people'; END;
CREATE TRIGGER app_user_stamp_delete AFTER DELETE ON app_user
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'people'; END;

-- stations
CREATE TRIGGER station_stamp_insert AFTER INSERT ON station
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'stations'; END;
CREATE TRIGGER station_stamp_update AFTER UPDATE ON station
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'stations'; END;
CREATE TRIGGER station_stamp_delete AFTER DELETE ON station
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'stations'; END;
CREATE TRIGGER printer_stamp_insert AFTER INSERT ON printer
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'stations'; END;
CREATE TRIGGER printer_stamp_update AFTER UPDATE ON printer
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'stations'; END;
CREATE TRIGGER printer_stamp_delete AFTER DELETE ON printer
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'stations'; END;
CREATE TRIGGER station_target_stamp_insert AFTER INSERT ON station_target
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'stations'; END;
CREATE TRIGGER station_target_stamp_update AFTER UPDATE ON station_target
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'stations'; END;
CREATE TRIGGER station_target_stamp_delete AFTER DELETE ON station_target
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'stations'; END;
CREATE TRIGGER category_station_stamp_insert AFTER INSERT ON category_station
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'stations'; END;
CREATE TRIGGER category_station_stamp_update AFTER UPDATE ON category_station
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'stations'; END;
CREATE TRIGGER category_station_stamp_delete AFTER DELETE ON category_station
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'stations'; END;
CREATE TRIGGER product_station_stamp_insert AFTER INSERT ON product_station
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'stations'; END;
CREATE TRIGGER product_station_stamp_update AFTER UPDATE ON product_station
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'stations'; END;
CREATE TRIGGER product_station_stamp_delete AFTER DELETE ON product_station
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'stations'; END;

-- settings
CREATE TRIGGER company_stamp_insert AFTER INSERT ON company
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'settings'; END;
CREATE TRIGGER company_stamp_update AFTER UPDATE ON company
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'settings'; END;
CREATE TRIGGER company_stamp_delete AFTER DELETE ON company
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'settings'; END;
CREATE TRIGGER branch_stamp_insert AFTER INSERT ON branch
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'settings'; END;
CREATE TRIGGER branch_stamp_update AFTER UPDATE ON branch
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'settings'; END;
CREATE TRIGGER branch_stamp_delete AFTER DELETE ON branch
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'settings'; END;
CREATE TRIGGER location_stamp_insert AFTER INSERT ON location
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'settings'; END;
CREATE TRIGGER location_stamp_update AFTER UPDATE ON location
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'settings'; END;
CREATE TRIGGER location_stamp_delete AFTER DELETE ON location
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'settings'; END;
CREATE TRIGGER terminal_stamp_insert AFTER INSERT ON terminal
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'settings'; END;
CREATE TRIGGER terminal_stamp_update AFTER UPDATE ON terminal
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'settings'; END;
CREATE TRIGGER terminal_stamp_delete AFTER DELETE ON terminal
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'settings'; END;
CREATE TRIGGER order_type_stamp_insert AFTER INSERT ON order_type
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'settings'; END;
CREATE TRIGGER order_type_stamp_update AFTER UPDATE ON order_type
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'settings'; END;
CREATE TRIGGER order_type_stamp_delete AFTER DELETE ON order_type
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'settings'; END;
CREATE TRIGGER payment_method_stamp_insert AFTER INSERT ON payment_method
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'settings'; END;
CREATE TRIGGER payment_method_stamp_update AFTER UPDATE ON payment_method
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'settings'; END;
CREATE TRIGGER payment_method_stamp_delete AFTER DELETE ON payment_method
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'settings'; END;
CREATE TRIGGER setting_stamp_insert AFTER INSERT ON setting
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'settings'; END;
CREATE TRIGGER setting_stamp_update AFTER UPDATE ON setting
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'settings'; END;
CREATE TRIGGER setting_stamp_delete AFTER DELETE ON setting
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'settings'; END;

-- stock: its facts are never changed, and a level says anything new only by a move or by its limit.
CREATE TRIGGER stock_move_stamp_insert AFTER INSERT ON stock_move
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'stock'; END;
CREATE TRIGGER stock_level_stamp_insert AFTER INSERT ON stock_level WHEN NEW.least_milli IS NOT NULL
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'stock'; END;
CREATE TRIGGER stock_level_stamp_update AFTER UPDATE OF least_milli ON stock_level
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'stock'; END;
