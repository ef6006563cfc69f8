-- A picture of what is sold, for its tile: small, and known by a name of its own so that a till fetches it once.
CREATE TABLE product_photo (
    product_id UUID NOT NULL PRIMARY KEY REFERENCES product (id),
    id UUID NOT NULL UNIQUE,
    format TEXT NOT NULL CHECK (format IN ('jpeg', 'png', 'webp')),
    picture BYTEA NOT NULL
);
CREATE TRIGGER product_photo_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON product_photo
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('menu');
