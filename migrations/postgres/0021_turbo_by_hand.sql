-- A person's word about turbo, which every core of the branch follows; the last one stays.
CREATE TABLE turbo_word (
    branch_id UUID NOT NULL PRIMARY KEY REFERENCES branch (id),
    -- Which word it is: each is followed once.
    word_id UUID NOT NULL,
    is_on BOOLEAN NOT NULL
);

CREATE TRIGGER turbo_word_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON turbo_word
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('engine');
