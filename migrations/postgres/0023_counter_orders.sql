-- How whoever ordered is reached, when the house promised the order, and who handed it over. All of it may change
-- while the order is open; the last word stays.
ALTER TABLE customer_order
    ADD COLUMN phone TEXT,
    ADD COLUMN address TEXT,
    -- Words to whoever brings it.
    ADD COLUMN courier_note TEXT,
    ADD COLUMN promised_at BIGINT,
    ADD COLUMN handed_at BIGINT,
    ADD COLUMN handed_by UUID REFERENCES app_user (id),
    ADD CONSTRAINT customer_order_handed CHECK ((handed_at IS NULL) = (handed_by IS NULL));
