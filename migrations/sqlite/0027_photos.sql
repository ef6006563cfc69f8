-- A picture of what is sold, for its tile: small, and known by a name of its own so that a till fetches it once.
CREATE TABLE product_photo (
    product_id BLOB NOT NULL PRIMARY KEY REFERENCES product (id),
    id BLOB NOT NULL UNIQUE,
    format TEXT NOT NULL CHECK (format IN ('jpeg', 'png', 'webp')),
    picture BLOB NOT NULL
) STRICT;
CREATE TRIGGER product_photo_stamp_insert AFTER INSERT ON product_photo
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER product_photo_stamp_update AFTER UPDATE ON product_photo
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER product_photo_stamp_delete AFTER DELETE ON product_photo
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
