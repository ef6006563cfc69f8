-- A person's word about turbo, which every core of the branch follows; the last one stays.
CREATE TABLE turbo_word (
    branch_id BLOB NOT NULL PRIMARY KEY REFERENCES branch (id),
    -- Which word it is: each is followed once.
    word_id BLOB NOT NULL,
    is_on INTEGER NOT NULL CHECK (is_on IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER turbo_word_stamp_insert AFTER INSERT ON turbo_word
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'engine'; END;
CREATE TRIGGER turbo_word_stamp_update AFTER UPDATE ON turbo_word
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'engine'; END;
CREATE TRIGGER turbo_word_stamp_delete AFTER DELETE ON turbo_word
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'engine'; END;
