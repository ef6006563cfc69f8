-- Care of the print engine: tickets that failed are found at once, and what a person chose outlives a restart.

-- Tickets that failed, until a person decides about them.
CREATE INDEX print_job_failed ON print_job (printer_id, created_at) WHERE state = 'failed';

-- How a person wants the engine to work; nothing until somebody said so.
CREATE TABLE engine_choice (
    branch_id BLOB NOT NULL PRIMARY KEY REFERENCES branch (id),
    profile TEXT NOT NULL CHECK (profile IN ('automatic', 'development', 'normal', 'peak')),
    workers INTEGER CHECK (workers BETWEEN 2 AND 10)
) STRICT, WITHOUT ROWID;

-- Printers that a person took out of use.
CREATE TABLE printer_out (
    printer_id BLOB NOT NULL PRIMARY KEY REFERENCES printer (id),
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO change_stamp (topic, version) VALUES ('engine', 1);
CREATE TRIGGER engine_choice_stamp_insert AFTER INSERT ON engine_choice
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'engine'; END;
CREATE TRIGGER engine_choice_stamp_update AFTER UPDATE ON engine_choice
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'engine'; END;
CREATE TRIGGER engine_choice_stamp_delete AFTER DELETE ON engine_choice
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'engine'; END;
CREATE TRIGGER printer_out_stamp_insert AFTER INSERT ON printer_out
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'engine'; END;
CREATE TRIGGER printer_out_stamp_update AFTER UPDATE ON printer_out
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'engine'; END;
CREATE TRIGGER printer_out_stamp_delete AFTER DELETE ON printer_out
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'engine'; END;
