-- What an order is served as since that changed; empty while it is what it was taken as. order_type stays what it was
-- taken as, in whose row its number stands.
ALTER TABLE customer_order ADD COLUMN served_as TEXT
    CHECK (served_as = 'dine_in' OR served_as = 'take_away' OR served_as = 'delivery' OR served_as = 'counter');

-- The list by which a line costs something else than ordinarily, and what a unit of it ordinarily cost then; both
-- empty of a line with its ordinary price.
ALTER TABLE order_line ADD COLUMN price_list TEXT;
ALTER TABLE order_line ADD COLUMN ordinary_price_minor BIGINT;
ALTER TABLE order_line ADD CONSTRAINT order_line_listed
    CHECK ((price_list IS NULL) = (ordinary_price_minor IS NULL));

DROP TRIGGER order_line_append_only ON order_line;
CREATE TRIGGER order_line_append_only
    BEFORE UPDATE OF id, order_id, product_id, name, quantity, price_minor, modifiers, note, allergy, course,
                     station_id, revision, position, created_at, user_id, taxes, variant_id, seat, combo_line_id, held,
                     price_list, ordinary_price_minor
    ON order_line FOR EACH ROW EXECUTE FUNCTION refuse_change();
