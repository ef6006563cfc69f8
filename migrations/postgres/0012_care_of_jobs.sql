-- Care of the print engine: tickets that failed are found at once, and what a person chose outlives a restart.

-- Tickets that failed, until a person decides about them.
CREATE INDEX print_job_failed ON print_job (printer_id, created_at) WHERE state = 'failed';

-- How a person wants the engine to work; nothing until somebody said so.
CREATE TABLE engine_choice (
    branch_id UUID NOT NULL PRIMARY KEY REFERENCES branch (id),
    profile TEXT NOT NULL CHECK (profile IN ('automatic', 'development', 'normal', 'peak')),
    workers BIGINT CHECK (workers BETWEEN 2 AND 10)
);

-- Printers that a person took out of use.
CREATE TABLE printer_out (
    printer_id UUID NOT NULL PRIMARY KEY REFERENCES printer (id),
    at BIGINT NOT NULL
);

INSERT INTO change_stamp (topic, version) VALUES ('engine', 1);
CREATE TRIGGER engine_choice_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON engine_choice
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('engine');
CREATE TRIGGER printer_out_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON printer_out
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('engine');
