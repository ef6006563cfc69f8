-- Targets that are no printers: kitchen screens, folders, mailboxes, and the printer of whoever sent the ticket.

-- A row of printer is a device: its address says whether it is a printer, a screen, a folder or a mailbox. A
-- station's target is one of them, or the printer of the terminal that sent the ticket. No version of the program
-- has written another kind.
DELETE FROM station_target WHERE kind NOT IN ('printer', 'sender');
ALTER TABLE station_target DROP CONSTRAINT station_target_kind_check;
ALTER TABLE station_target DROP CONSTRAINT station_target_detail;
ALTER TABLE station_target ADD CHECK (kind IN ('printer', 'sender'));
ALTER TABLE station_target DROP COLUMN detail;

-- The printer that stands beside a terminal.
ALTER TABLE terminal ADD COLUMN printer_id UUID REFERENCES printer (id);
CREATE INDEX terminal_printer ON terminal (printer_id) WHERE printer_id IS NOT NULL;

-- The server that mails tickets. Its password is never here.
CREATE TABLE mail_server (
    branch_id UUID NOT NULL PRIMARY KEY REFERENCES branch (id),
    host TEXT NOT NULL CHECK (host <> ''),
    port BIGINT NOT NULL CHECK (port BETWEEN 1 AND 65535),
    security TEXT NOT NULL CHECK (security IN ('tls', 'starttls', 'none')),
    user_name TEXT,
    sender TEXT NOT NULL
);
CREATE TRIGGER mail_server_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON mail_server
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('stations');

-- Kitchen screens and the station that each shows; alive_at is its last sign of life, by the database's clock.
CREATE TABLE kitchen_screen (
    id UUID NOT NULL PRIMARY KEY,
    station_id UUID NOT NULL REFERENCES station (id),
    alive_at BIGINT NOT NULL
);
CREATE INDEX kitchen_screen_station ON kitchen_screen (station_id, alive_at);
