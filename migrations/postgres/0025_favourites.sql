-- What a branch wants in reach first, in its own order: part of its menu.

CREATE TABLE favourite (
    branch_id UUID NOT NULL REFERENCES branch (id),
    product_id UUID NOT NULL REFERENCES product (id),
    position BIGINT NOT NULL,
    PRIMARY KEY (branch_id, product_id)
);
CREATE INDEX favourite_product ON favourite (product_id);

CREATE TRIGGER favourite_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON favourite
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('menu');
