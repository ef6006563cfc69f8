-- Targets that are no printers: kitchen screens, folders, mailboxes, and the printer of whoever sent the ticket.

-- A row of printer is a device: its address says whether it is a printer, a screen, a folder or a mailbox. A
-- station's target is one of them, or the printer of the terminal that sent the ticket. No version of the program
-- has written another kind.
CREATE TABLE station_target_again (
    id BLOB NOT NULL PRIMARY KEY,
    station_id BLOB NOT NULL REFERENCES station (id),
    position INTEGER NOT NULL CHECK (position >= 0),
    kind TEXT NOT NULL CHECK (kind IN ('printer', 'sender')),
    printer_id BLOB REFERENCES printer (id),
    shares INTEGER NOT NULL DEFAULT 0 CHECK (shares IN (0, 1)),
    UNIQUE (station_id, position),
    UNIQUE (station_id, printer_id),
    CONSTRAINT station_target_printer CHECK ((kind = 'printer') = (printer_id IS NOT NULL))
) STRICT;
INSERT INTO station_target_again (id, station_id, position, kind, printer_id, shares)
SELECT id, station_id, position, kind, printer_id, shares FROM station_target WHERE kind IN ('printer', 'sender');
DROP TABLE station_target;
ALTER TABLE station_target_again RENAME TO station_target;
CREATE INDEX station_target_of_printer ON station_target (printer_id) WHERE printer_id IS NOT NULL;
CREATE TRIGGER station_target_stamp_insert AFTER INSERT ON station_target
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'stations'; END;
CREATE TRIGGER station_target_stamp_update AFTER UPDATE ON station_target
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'stations'; END;
CREATE TRIGGER station_target_stamp_delete AFTER DELETE ON station_target
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'stations'; END;

-- The printer that stands beside a terminal.
ALTER TABLE terminal ADD COLUMN printer_id BLOB REFERENCES printer (id);
CREATE INDEX terminal_printer ON terminal (printer_id) WHERE printer_id IS NOT NULL;

-- The server that mails tickets. Its password is never here.
CREATE TABLE mail_server (
    branch_id BLOB NOT NULL PRIMARY KEY REFERENCES branch (id),
    host TEXT NOT NULL CHECK (host <> ''),
    port INTEGER NOT NULL CHECK (port BETWEEN 1 AND 65535),
    security TEXT NOT NULL CHECK (security IN ('tls', 'starttls', 'none')),
    user_name TEXT,
    sender TEXT NOT NULL
) STRICT;
CREATE TRIGGER mail_server_stamp_insert AFTER INSERT ON mail_server
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'stations'; END;
CREATE TRIGGER mail_server_stamp_update AFTER UPDATE ON mail_server
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'stations'; END;
CREATE TRIGGER mail_server_stamp_delete AFTER DELETE ON mail_server
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'stations'; END;

-- Kitchen screens and the station that each shows; alive_at is its last sign of life, by the database's clock.
CREATE TABLE kitchen_screen (
    id BLOB NOT NULL PRIMARY KEY,
    station_id BLOB NOT NULL REFERENCES station (id),
    alive_at INTEGER NOT NULL
) STRICT;
CREATE INDEX kitchen_screen_station ON kitchen_screen (station_id, alive_at);
