-- What somebody said is left of a product: nothing, which product.sold_out says too, or so many units. ends_at is when
-- the business day is over that it was said for; without it, it holds until somebody says otherwise. Of a product that
-- nothing is said of there is as much as is asked for.
CREATE TABLE availability (
    branch_id UUID NOT NULL REFERENCES branch (id),
    product_id UUID NOT NULL REFERENCES product (id),
    units BIGINT NOT NULL CHECK (units >= 0),
    ends_at BIGINT,
    said_by UUID NOT NULL REFERENCES app_user (id),
    said_at BIGINT NOT NULL,
    PRIMARY KEY (branch_id, product_id)
);
CREATE INDEX availability_product ON availability (product_id);
CREATE INDEX availability_said_by ON availability (said_by);

CREATE TRIGGER availability_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON availability
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('menu');

-- How many of the units that were said are left. It stands apart from what was said because each sale changes it, and
-- none of those changes is one of the menu.
CREATE TABLE countdown (
    branch_id UUID NOT NULL REFERENCES branch (id),
    product_id UUID NOT NULL REFERENCES product (id),
    left_units BIGINT NOT NULL,
    PRIMARY KEY (branch_id, product_id),
    CONSTRAINT countdown_left CHECK (left_units >= 0)
);
CREATE INDEX countdown_product ON countdown (product_id);

-- Whoever counts down holds the rows first, then whatever levels of stock they move, and the stamp last, so that two
-- units never wait for each other crosswise.
CREATE TRIGGER countdown_stamp AFTER INSERT OR UPDATE ON countdown
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('stock');

-- Whoever takes orders or makes what is ordered knows first what has run out.
INSERT INTO role_permission (company_id, role, permission)
SELECT DISTINCT company_id, role, 'set_availability' FROM role_permission
WHERE permission IN ('take_orders', 'bump_tickets');
