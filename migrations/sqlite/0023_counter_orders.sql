-- How whoever ordered is reached, when the house promised the order, and who handed it over. All of it may change
-- while the order is open; the last word stays.
ALTER TABLE customer_order ADD COLUMN phone TEXT;
ALTER TABLE customer_order ADD COLUMN address TEXT;
-- Words to whoever brings it.
ALTER TABLE customer_order ADD COLUMN courier_note TEXT;
ALTER TABLE customer_order ADD COLUMN promised_at INTEGER;
ALTER TABLE customer_order ADD COLUMN handed_at INTEGER;
ALTER TABLE customer_order ADD COLUMN handed_by BLOB REFERENCES app_user (id)
    CONSTRAINT customer_order_handed CHECK ((handed_at IS NULL) = (handed_by IS NULL));
