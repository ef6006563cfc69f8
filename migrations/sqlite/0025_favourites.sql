-- What a branch wants in reach first, in its own order: part of its menu.

CREATE TABLE favourite (
    branch_id BLOB NOT NULL REFERENCES branch (id),
    product_id BLOB NOT NULL REFERENCES product (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (branch_id, product_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX favourite_product ON favourite (product_id);

CREATE TRIGGER favourite_stamp_insert AFTER INSERT ON favourite
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER favourite_stamp_update AFTER UPDATE ON favourite
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER favourite_stamp_delete AFTER DELETE ON favourite
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
