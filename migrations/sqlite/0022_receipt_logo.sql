-- The picture at the head of what a guest gets, one for each branch.
CREATE TABLE receipt_logo (
    branch_id BLOB NOT NULL PRIMARY KEY REFERENCES branch (id),
    -- Which picture it is: a paper names the one that it was made with, and prints none when that is gone.
    id BLOB NOT NULL UNIQUE,
    width INTEGER NOT NULL CHECK (width > 0),
    -- A byte for each dot, row by row from the top; 0 is black.
    grey BLOB NOT NULL
) STRICT;

-- How a printer opens its drawer, and whether it prints in red. Those that are there already go on as they did.
ALTER TABLE printer ADD COLUMN drawer_pin TEXT NOT NULL DEFAULT 'pin2' CHECK (drawer_pin IN ('pin2', 'pin5'));
ALTER TABLE printer ADD COLUMN drawer_ms INTEGER NOT NULL DEFAULT 50 CHECK (drawer_ms BETWEEN 20 AND 500);
ALTER TABLE printer ADD COLUMN red INTEGER NOT NULL DEFAULT 0 CHECK (red IN (0, 1));
