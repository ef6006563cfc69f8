-- What was typed at a machine of a terminal and not sent, as the machine wrote it, saved at each tap. What was emptied stays for a while
-- without content, so that an older copy on the machine's own disk is known to be older.
CREATE TABLE cart (
    terminal_id BLOB NOT NULL REFERENCES terminal (id),
    machine_id BLOB NOT NULL,
    order_id BLOB NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    content TEXT,
    kept_at INTEGER NOT NULL,
    PRIMARY KEY (terminal_id, machine_id, order_id)
) STRICT;
