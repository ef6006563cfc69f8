-- The whole branch: who owns what, and what the house keeps of itself.
--
-- This and the next four steps bring the first tables to everything that a branch remembers: 0002 the
-- company and its people, 0003 the catalogue and the stations, 0004 orders and money, 0005 stock, 0006 the
-- stamps by which caches learn of a change. Both engines have the same tables and columns.
--
-- Times are milliseconds since 1970 UTC, days are yyyymmdd, money is whole minor units, quantities are
-- thousandths, ids are UUIDv7. A fact is never changed: a trigger refuses it with "<table> is append-only".
-- A rule that only a trigger can keep is refused with "<rule> is broken".
--
-- SQLite changes a column only by making its table again. These steps run with foreign keys off, and
-- foreign_key_check passes before each is committed.

-- This database, told apart from its copies: a restore gives it a new epoch.
CREATE TABLE store_identity (
    only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
    id BLOB NOT NULL,
    epoch INTEGER NOT NULL CHECK (epoch > 0),
    made_at INTEGER NOT NULL
) STRICT;

-- Where stock lies. A branch is never without one: each points at its default location, and since the two
-- point at each other, the branch's word is taken until the commit.
CREATE TABLE location (
    id BLOB NOT NULL PRIMARY KEY,
    branch_id BLOB NOT NULL REFERENCES branch (id),
    name TEXT NOT NULL,
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    UNIQUE (branch_id, name),
    UNIQUE (id, branch_id)
) STRICT;
INSERT INTO location (id, branch_id, name)
SELECT randomblob(16), id, CASE language WHEN 'en' THEN 'Storeroom' ELSE 'Bodega' END FROM branch;

CREATE TABLE branch_again (
    id BLOB NOT NULL PRIMARY KEY,
    company_id BLOB NOT NULL REFERENCES company (id),
    name TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('es', 'en')),
    utc_offset_minutes INTEGER NOT NULL CHECK (utc_offset_minutes BETWEEN -840 AND 840),
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    day_starts_minute INTEGER NOT NULL DEFAULT 300 CHECK (day_starts_minute BETWEEN 0 AND 1439),
    default_location_id BLOB NOT NULL,
    UNIQUE (company_id, name),
    UNIQUE (id, company_id),
    CONSTRAINT branch_default_location FOREIGN KEY (default_location_id, id) REFERENCES location (id, branch_id)
        DEFERRABLE INITIALLY DEFERRED
) STRICT;
INSERT INTO branch_again (id, company_id, name, language, utc_offset_minutes, default_location_id)
SELECT id, company_id, name, language, utc_offset_minutes,
       (SELECT location.id FROM location WHERE location.branch_id = branch.id)
FROM branch;
DROP TABLE branch;
ALTER TABLE branch_again RENAME TO branch;

ALTER TABLE terminal ADD COLUMN active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1));
CREATE UNIQUE INDEX terminal_of_branch ON terminal (id, branch_id);

CREATE TABLE role (
    company_id BLOB NOT NULL REFERENCES company (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (company_id, code),
    UNIQUE (company_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE role_permission (
    company_id BLOB NOT NULL,
    role TEXT NOT NULL,
    permission TEXT NOT NULL,
    PRIMARY KEY (company_id, role, permission),
    FOREIGN KEY (company_id, role) REFERENCES role (company_id, code)
) STRICT, WITHOUT ROWID;

INSERT INTO role (company_id, code, name)
WITH words (code, es, en) AS (
    VALUES ('admin', 'Administrador', 'Administrator'), ('manager', 'Gerente', 'Manager'),
           ('cashier', 'Cajero', 'Cashier'), ('waiter', 'Mesero', 'Waiter'), ('kitchen', 'Cocina', 'Kitchen')
)
SELECT company.id, words.code,
       CASE WHEN EXISTS (SELECT 1 FROM branch WHERE branch.company_id = company.id AND language = 'es')
            THEN words.es ELSE words.en END
FROM company CROSS JOIN words;

INSERT INTO role_permission (company_id, role, permission)
WITH permissions (permission, roles) AS (
    VALUES ('see_floor', 'admin manager cashier waiter'), ('take_orders', 'admin manager cashier waiter'),
           ('void_line', 'admin manager cashier'), ('mark_urgent', 'admin manager cashier waiter'),
           ('reprint_ticket', 'admin manager cashier waiter kitchen'),
           ('see_kitchen', 'admin manager cashier waiter kitchen'), ('bump_tickets', 'admin manager kitchen'),
           ('see_queue', 'admin manager cashier waiter kitchen'), ('manage_settings', 'admin manager'),
           ('manage_roles', 'admin'),
           ('manage_customers', 'admin manager cashier waiter')
)
SELECT company_id, code, permission FROM role JOIN permissions ON roles LIKE '%' || code || '%';

-- A person's role is one of the company's own.
CREATE TABLE app_user_again (
    id BLOB NOT NULL PRIMARY KEY,
    company_id BLOB NOT NULL REFERENCES company (id),
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    pin_hash TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('es', 'en')),
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    UNIQUE (company_id, name),
    FOREIGN KEY (company_id, role) REFERENCES role (company_id, code)
) STRICT;
INSERT INTO app_user_again (id, company_id, name, role, pin_hash, language, active)
SELECT id, company_id, name, role, pin_hash, language, active FROM app_user;
DROP TABLE app_user;
ALTER TABLE app_user_again RENAME TO app_user;

-- The four ways of eating that the program knows, as a company calls them.
CREATE TABLE order_type (
    company_id BLOB NOT NULL REFERENCES company (id),
    code TEXT NOT NULL CHECK (code IN ('dine_in', 'take_away', 'delivery', 'counter')),
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    PRIMARY KEY (company_id, code)
) STRICT, WITHOUT ROWID;
INSERT INTO order_type (company_id, code, name, position)
WITH words (code, es, en, position) AS (
    VALUES ('dine_in', 'En mesa', 'Dine in', 0), ('take_away', 'Para llevar', 'Take away', 1),
           ('delivery', 'Domicilio', 'Delivery', 2), ('counter', 'Mostrador', 'Counter', 3)
)
SELECT company.id, words.code,
       CASE WHEN EXISTS (SELECT 1 FROM branch WHERE branch.company_id = company.id AND language = 'es')
            THEN words.es ELSE words.en END,
       words.position
FROM company CROSS JOIN words;

CREATE TABLE payment_method (
    company_id BLOB NOT NULL REFERENCES company (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('cash', 'card', 'transfer', 'other')),
    opens_drawer INTEGER NOT NULL CHECK (opens_drawer IN (0, 1)),
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    position INTEGER NOT NULL,
    PRIMARY KEY (company_id, code)
) STRICT, WITHOUT ROWID;
INSERT INTO payment_method (company_id, code, name, kind, opens_drawer, position)
WITH words (code, es, en, position) AS (
    VALUES ('cash', 'Efectivo', 'Cash', 0), ('card', 'Tarjeta', 'Card', 1), ('transfer', 'Transferencia', 'Transfer', 2)
)
SELECT company.id, words.code,
       CASE WHEN EXISTS (SELECT 1 FROM branch WHERE branch.company_id = company.id AND language = 'es')
            THEN words.es ELSE words.en END,
       words.code, CASE WHEN words.code = 'cash' THEN TRUE ELSE FALSE END, words.position
FROM company CROSS JOIN words;

-- A setting of a company, of one of its branches, or of one terminal; owner_id is whichever is the nearest.
CREATE TABLE setting (
    owner_id BLOB NOT NULL,
    key TEXT NOT NULL,
    company_id BLOB NOT NULL REFERENCES company (id),
    branch_id BLOB,
    terminal_id BLOB,
    value TEXT NOT NULL,
    PRIMARY KEY (owner_id, key),
    CHECK (owner_id = COALESCE(terminal_id, branch_id, company_id)),
    CHECK (terminal_id IS NULL OR branch_id IS NOT NULL),
    FOREIGN KEY (branch_id, company_id) REFERENCES branch (id, company_id),
    FOREIGN KEY (terminal_id, branch_id) REFERENCES terminal (id, branch_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX setting_of_company ON setting (company_id);

-- Customers are found by the beginning of what people mean, the keys: folded words, digits alone, and letters and
-- digits alone, compared letter by letter.
CREATE TABLE customer (
    id BLOB NOT NULL PRIMARY KEY,
    company_id BLOB NOT NULL REFERENCES company (id),
    name TEXT NOT NULL,
    phone TEXT,
    email TEXT,
    address TEXT,
    tax_number TEXT,
    note TEXT,
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    created_at INTEGER NOT NULL,
    name_key TEXT NOT NULL,
    phone_key TEXT,
    tax_key TEXT
) STRICT;
CREATE INDEX customer_name ON customer (company_id, name_key, id);
CREATE INDEX customer_phone ON customer (company_id, phone_key, id);
CREATE INDEX customer_tax_number ON customer (company_id, tax_key, id);

-- Sensitive acts as a chain: each row carries the hash of the one before it, so that an act that was
-- changed, taken out or moved is found. audit_head knows the last one, so that a cut tail is found too.
-- Rows of the first table have no hash; the program moves them into the chain and drops their table.
DROP TRIGGER audit_log_no_update;
DROP TRIGGER audit_log_no_delete;
DROP INDEX audit_log_subject;
ALTER TABLE audit_log RENAME TO audit_log_unchained;
CREATE TRIGGER audit_log_unchained_no_update BEFORE UPDATE ON audit_log_unchained
BEGIN
    SELECT RAISE(ABORT, 'audit_log_unchained is append-only');
END;
CREATE TRIGGER audit_log_unchained_no_delete BEFORE DELETE ON audit_log_unchained
BEGIN
    SELECT RAISE(ABORT, 'audit_log_unchained is append-only');
END;

CREATE TABLE audit_log (
    id BLOB NOT NULL PRIMARY KEY,
    branch_id BLOB NOT NULL REFERENCES branch (id),
    seq INTEGER NOT NULL CHECK (seq > 0),
    previous_hash BLOB NOT NULL CHECK (length(previous_hash) = 32),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    at INTEGER NOT NULL,
    user_id BLOB REFERENCES app_user (id),
    terminal_id BLOB REFERENCES terminal (id),
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id BLOB NOT NULL,
    detail TEXT NOT NULL,
    UNIQUE (branch_id, seq)
) STRICT;
CREATE INDEX audit_log_subject ON audit_log (subject_kind, subject_id);
CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log
BEGIN
    SELECT RAISE(ABORT, 'audit_log is append-only');
END;
CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log
BEGIN
    SELECT RAISE(ABORT, 'audit_log is append-only');
END;

CREATE TABLE audit_head (
    branch_id BLOB NOT NULL PRIMARY KEY REFERENCES branch (id),
    seq INTEGER NOT NULL CHECK (seq > 0),
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT, WITHOUT ROWID;

-- A link hangs on the one before it.
CREATE TRIGGER audit_log_chain BEFORE INSERT ON audit_log
WHEN NEW.seq > 1 AND NOT EXISTS (
    SELECT 1 FROM audit_log
    WHERE branch_id = NEW.branch_id AND seq = NEW.seq - 1 AND hash = NEW.previous_hash
)
BEGIN
    SELECT RAISE(ABORT, 'audit_log_chain is broken');
END;

-- What other branches are to hear, numbered without gaps per branch; outbox_head holds the last number.
CREATE TABLE outbox_head (
    branch_id BLOB NOT NULL PRIMARY KEY REFERENCES branch (id),
    last INTEGER NOT NULL CHECK (last > 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
    branch_id BLOB NOT NULL REFERENCES branch (id),
    seq INTEGER NOT NULL CHECK (seq > 0),
    topic TEXT NOT NULL,
    payload TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    sent_at INTEGER,
    PRIMARY KEY (branch_id, seq)
) STRICT;
CREATE INDEX outbox_unsent ON outbox (branch_id, seq) WHERE sent_at IS NULL;

-- What other branches said, each word once. They live in other databases, so source_branch is no foreign
-- key; epoch tells the numbers of a restored database from those before.
CREATE TABLE inbox (
    source_branch BLOB NOT NULL,
    epoch INTEGER NOT NULL CHECK (epoch > 0),
    seq INTEGER NOT NULL CHECK (seq > 0),
    topic TEXT NOT NULL,
    payload TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    applied_at INTEGER,
    PRIMARY KEY (source_branch, epoch, seq)
) STRICT;
CREATE INDEX inbox_unapplied ON inbox (source_branch, epoch, seq) WHERE applied_at IS NULL;

CREATE TABLE alert (
    id BLOB NOT NULL PRIMARY KEY,
    branch_id BLOB NOT NULL REFERENCES branch (id),
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    severity TEXT NOT NULL CHECK (severity IN ('info', 'warning', 'critical')),
    raised_at INTEGER NOT NULL,
    resolved_at INTEGER CHECK (resolved_at >= raised_at),
    detail TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX alert_open ON alert (branch_id, kind, subject) WHERE resolved_at IS NULL;
CREATE INDEX alert_past ON alert (branch_id, raised_at) WHERE resolved_at IS NOT NULL;

-- A year whose orders' details lie in a file of their own. Facts of an order may leave this database only
-- after their year stands here: the triggers that refuse a deletion ask for it.
CREATE TABLE archived_year (
    branch_id BLOB NOT NULL REFERENCES branch (id),
    year INTEGER NOT NULL CHECK (year BETWEEN 2000 AND 2999),
    file TEXT NOT NULL,
    orders INTEGER NOT NULL CHECK (orders >= 0),
    total_minor INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (branch_id, year)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER archived_year_no_update BEFORE UPDATE ON archived_year
BEGIN
    SELECT RAISE(ABORT, 'archived_year is append-only');
END;
CREATE TRIGGER archived_year_no_delete BEFORE DELETE ON archived_year
BEGIN
    SELECT RAISE(ABORT, 'archived_year is append-only');
END;
