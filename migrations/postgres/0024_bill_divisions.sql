-- How the bill of an order is divided into parts; empty while it is whole. The last word stays; who said which, and
-- when, is an event of the order.
ALTER TABLE customer_order ADD COLUMN division JSONB;
