-- What somebody said is left of a product: nothing, which product.sold_out says too, or so many units. ends_at is when
-- the business day is over that it was said for; without it, it holds until somebody says otherwise. Of a product that
-- nothing is said of there is as much as is asked for.
CREATE TABLE availability (
    branch_id BLOB NOT NULL REFERENCES branch (id),
    product_id BLOB NOT NULL REFERENCES product (id),
    units INTEGER NOT NULL CHECK (units >= 0),
    ends_at INTEGER,
    said_by BLOB NOT NULL REFERENCES app_user (id),
    said_at INTEGER NOT NULL,
    PRIMARY KEY (branch_id, product_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX availability_product ON availability (product_id);
CREATE INDEX availability_said_by ON availability (said_by);

CREATE TRIGGER availability_stamp_insert AFTER INSERT ON availability
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER availability_stamp_update AFTER UPDATE ON availability
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;
CREATE TRIGGER availability_stamp_delete AFTER DELETE ON availability
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'; END;

-- How many of the units that were said are left. It stands apart from what was said because each sale changes it, and
-- none of those changes is one of the menu.
CREATE TABLE countdown (
    branch_id BLOB NOT NULL REFERENCES branch (id),
    product_id BLOB NOT NULL REFERENCES product (id),
    left_units INTEGER NOT NULL,
    PRIMARY KEY (branch_id, product_id),
    CONSTRAINT countdown_left CHECK (left_units >= 0)
) STRICT, WITHOUT ROWID;
CREATE INDEX countdown_product ON countdown (product_id);

CREATE TRIGGER countdown_stamp_insert AFTER INSERT ON countdown
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'stock'; END;
CREATE TRIGGER countdown_stamp_update AFTER UPDATE ON countdown
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'stock'; END;

-- Whoever takes orders or makes what is ordered knows first what has run out.
INSERT INTO role_permission (company_id, role, permission)
SELECT DISTINCT company_id, role, 'set_availability' FROM role_permission
WHERE permission IN ('take_orders', 'bump_tickets');
