-- The picture at the head of what a guest gets, one for each branch.
CREATE TABLE receipt_logo (
    branch_id UUID NOT NULL PRIMARY KEY REFERENCES branch (id),
    -- Which picture it is: a paper names the one that it was made with, and prints none when that is gone.
    id UUID NOT NULL UNIQUE,
    width BIGINT NOT NULL CHECK (width > 0),
    -- A byte for each dot, row by row from the top; 0 is black.
    grey BYTEA NOT NULL
);

-- How a printer opens its drawer, and whether it prints in red. Those that are there already go on as they did.
ALTER TABLE printer ADD COLUMN drawer_pin TEXT NOT NULL DEFAULT 'pin2' CHECK (drawer_pin IN ('pin2', 'pin5'));
ALTER TABLE printer ADD COLUMN drawer_ms BIGINT NOT NULL DEFAULT 50 CHECK (drawer_ms BETWEEN 20 AND 500);
ALTER TABLE printer ADD COLUMN red BOOLEAN NOT NULL DEFAULT FALSE;
