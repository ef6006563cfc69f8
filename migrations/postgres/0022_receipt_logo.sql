-- The picture at the head of what a guest gets, one for each branch.
CREATE TABLE receipt_logo (
    branch_id UUID NOT NULL PRIMARY KEY REFERENCES branch (id),
    -- Which picture it is: a paper names the one that it was made with, and prints none when that is gone.
    id UUID NOT NULL UNIQUE,
    width BIGINT NOT NULL CHECK (width > 0),
    -- A byte for each dot, row by row from the top; 0 is black.
    grey BYTEA NOT NULL
);
