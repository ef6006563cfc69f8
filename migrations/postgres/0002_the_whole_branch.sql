-- The whole branch: who owns what, and what the house keeps of itself.
--
-- This and the next four steps bring the first tables to everything that a branch remembers: 0002 the
-- company and its people, 0003 the catalogue and the stations, 0004 orders and money, 0005 stock, 0006 the
-- stamps by which caches learn of a change. Both engines have the same tables and columns.
--
-- Times are milliseconds since 1970 UTC, days are yyyymmdd, money is whole minor units, quantities are
-- thousandths, ids are UUIDv7. A fact is never changed: a trigger refuses it with "<table> is append-only".
-- A rule that only a trigger can keep is refused with "<rule> is broken".

-- This database, told apart from its copies: a restore gives it a new epoch.
CREATE TABLE store_identity (
    only_row BIGINT NOT NULL PRIMARY KEY CHECK (only_row = 1),
    id UUID NOT NULL,
    epoch BIGINT NOT NULL CHECK (epoch > 0),
    made_at BIGINT NOT NULL
);

-- Where stock lies. A branch is never without one: each points at its default location, and since the two
-- point at each other, the branch's word is taken until the commit.
CREATE TABLE location (
    id UUID NOT NULL PRIMARY KEY,
    branch_id UUID NOT NULL REFERENCES branch (id),
    name TEXT NOT NULL,
    active BOOLEAN NOT NULL DEFAULT TRUE,
    UNIQUE (branch_id, name),
    UNIQUE (id, branch_id)
);
INSERT INTO location (id, branch_id, name)
SELECT gen_random_uuid(), id, CASE language WHEN 'en' THEN 'Storeroom' ELSE 'Bodega' END FROM branch;

ALTER TABLE branch ADD COLUMN active BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE branch ADD COLUMN day_starts_minute BIGINT NOT NULL DEFAULT 300
    CHECK (day_starts_minute BETWEEN 0 AND 1439);
ALTER TABLE branch ADD COLUMN default_location_id UUID;
UPDATE branch SET default_location_id = (SELECT location.id FROM location WHERE location.branch_id = branch.id);
ALTER TABLE branch ALTER COLUMN default_location_id SET NOT NULL;
ALTER TABLE branch ADD CONSTRAINT branch_of_company UNIQUE (id, company_id);
ALTER TABLE branch ADD CONSTRAINT branch_default_location
    FOREIGN KEY (default_location_id, id) REFERENCES location (id, branch_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE terminal ADD COLUMN active BOOLEAN NOT NULL DEFAULT TRUE;
CREATE UNIQUE INDEX terminal_of_branch ON terminal (id, branch_id);

CREATE TABLE role (
    company_id UUID NOT NULL REFERENCES company (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (company_id, code),
    UNIQUE (company_id, name)
);

CREATE TABLE role_permission (
    company_id UUID NOT NULL,
    role TEXT NOT NULL,
    permission TEXT NOT NULL,
    PRIMARY KEY (company_id, role, permission),
    FOREIGN KEY (company_id, role) REFERENCES role (company_id, code)
);

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
ALTER TABLE app_user DROP CONSTRAINT app_user_role_check;
ALTER TABLE app_user ADD CONSTRAINT app_user_role_fkey
    FOREIGN KEY (company_id, role) REFERENCES role (company_id, code);

-- The four ways of eating that the program knows, as a company calls them.
CREATE TABLE order_type (
    company_id UUID NOT NULL REFERENCES company (id),
    code TEXT NOT NULL CHECK (code IN ('dine_in', 'take_away', 'delivery', 'counter')),
    name TEXT NOT NULL,
    position BIGINT NOT NULL,
    active BOOLEAN NOT NULL DEFAULT TRUE,
    PRIMARY KEY (company_id, code)
);
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
    company_id UUID NOT NULL REFERENCES company (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('cash', 'card', 'transfer', 'other')),
    opens_drawer BOOLEAN NOT NULL,
    active BOOLEAN NOT NULL DEFAULT TRUE,
    position BIGINT NOT NULL,
    PRIMARY KEY (company_id, code)
);
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
    owner_id UUID NOT NULL,
    key TEXT NOT NULL,
    company_id UUID NOT NULL REFERENCES company (id),
    branch_id UUID,
    terminal_id UUID,
    value JSONB NOT NULL,
    PRIMARY KEY (owner_id, key),
    CHECK (owner_id = COALESCE(terminal_id, branch_id, company_id)),
    CHECK (terminal_id IS NULL OR branch_id IS NOT NULL),
    FOREIGN KEY (branch_id, company_id) REFERENCES branch (id, company_id),
    FOREIGN KEY (terminal_id, branch_id) REFERENCES terminal (id, branch_id)
);
CREATE INDEX setting_of_company ON setting (company_id);

-- Customers are found by the beginning of what people mean, the keys: folded words, digits alone, and letters and
-- digits alone, compared letter by letter.
CREATE TABLE customer (
    id UUID NOT NULL PRIMARY KEY,
    company_id UUID NOT NULL REFERENCES company (id),
    name TEXT NOT NULL,
    phone TEXT,
    email TEXT,
    address TEXT,
    tax_number TEXT,
    note TEXT,
    active BOOLEAN NOT NULL DEFAULT TRUE,
    created_at BIGINT NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL,
    phone_key TEXT COLLATE "C",
    tax_key TEXT COLLATE "C"
);
CREATE INDEX customer_name ON customer (company_id, name_key, id);
CREATE INDEX customer_phone ON customer (company_id, phone_key, id);
CREATE INDEX customer_tax_number ON customer (company_id, tax_key, id);

-- Sensitive acts as a chain: each row carries the hash of the one before it, so that an act that was
-- changed, taken out or moved is found. audit_head knows the last one, so that a cut tail is found too.
-- Rows of the first table have no hash; the program moves them into the chain and drops their table.
ALTER INDEX audit_log_pkey RENAME TO audit_log_unchained_pkey;
ALTER INDEX audit_log_subject RENAME TO audit_log_unchained_subject;
ALTER TABLE audit_log RENAME TO audit_log_unchained;

CREATE TABLE audit_log (
    id UUID NOT NULL PRIMARY KEY,
    branch_id UUID NOT NULL REFERENCES branch (id),
    seq BIGINT NOT NULL CHECK (seq > 0),
    previous_hash BYTEA NOT NULL CHECK (length(previous_hash) = 32),
    hash BYTEA NOT NULL CHECK (length(hash) = 32),
    at BIGINT NOT NULL,
    user_id UUID REFERENCES app_user (id),
    terminal_id UUID REFERENCES terminal (id),
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id UUID NOT NULL,
    detail JSONB NOT NULL,
    UNIQUE (branch_id, seq)
);
CREATE INDEX audit_log_subject ON audit_log (subject_kind, subject_id);
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE ON audit_log
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_log_keeps_all BEFORE TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE audit_head (
    branch_id UUID NOT NULL PRIMARY KEY REFERENCES branch (id),
    seq BIGINT NOT NULL CHECK (seq > 0),
    hash BYTEA NOT NULL CHECK (length(hash) = 32)
);

-- A link hangs on the one before it.
CREATE FUNCTION refuse_break(rule TEXT, broken_table TEXT) RETURNS VOID LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is broken', rule USING ERRCODE = 'check_violation', CONSTRAINT = rule, TABLE = broken_table;
END;
$$;

CREATE FUNCTION keep_audit_log_chain() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seq > 1 AND NOT EXISTS (
        SELECT 1 FROM audit_log
        WHERE branch_id = NEW.branch_id AND seq = NEW.seq - 1 AND hash = NEW.previous_hash
    ) THEN
        PERFORM refuse_break('audit_log_chain', 'audit_log');
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER audit_log_chain BEFORE INSERT ON audit_log
    FOR EACH ROW EXECUTE FUNCTION keep_audit_log_chain();

-- What other branches are to hear, numbered without gaps per branch; outbox_head holds the last number.
CREATE TABLE outbox_head (
    branch_id UUID NOT NULL PRIMARY KEY REFERENCES branch (id),
    last BIGINT NOT NULL CHECK (last > 0)
);

CREATE TABLE outbox (
    branch_id UUID NOT NULL REFERENCES branch (id),
    seq BIGINT NOT NULL CHECK (seq > 0),
    topic TEXT NOT NULL,
    payload JSONB NOT NULL,
    created_at BIGINT NOT NULL,
    sent_at BIGINT,
    PRIMARY KEY (branch_id, seq)
);
CREATE INDEX outbox_unsent ON outbox (branch_id, seq) WHERE sent_at IS NULL;

-- What other branches said, each word once. They live in other databases, so source_branch is no foreign
-- key; epoch tells the numbers of a restored database from those before.
CREATE TABLE inbox (
    source_branch UUID NOT NULL,
    epoch BIGINT NOT NULL CHECK (epoch > 0),
    seq BIGINT NOT NULL CHECK (seq > 0),
    topic TEXT NOT NULL,
    payload JSONB NOT NULL,
    received_at BIGINT NOT NULL,
    applied_at BIGINT,
    PRIMARY KEY (source_branch, epoch, seq)
);
CREATE INDEX inbox_unapplied ON inbox (source_branch, epoch, seq) WHERE applied_at IS NULL;

CREATE TABLE alert (
    id UUID NOT NULL PRIMARY KEY,
    branch_id UUID NOT NULL REFERENCES branch (id),
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    severity TEXT NOT NULL CHECK (severity IN ('info', 'warning', 'critical')),
    raised_at BIGINT NOT NULL,
    resolved_at BIGINT CHECK (resolved_at >= raised_at),
    detail JSONB NOT NULL
);
CREATE UNIQUE INDEX alert_open ON alert (branch_id, kind, subject) WHERE resolved_at IS NULL;
CREATE INDEX alert_past ON alert (branch_id, raised_at) WHERE resolved_at IS NOT NULL;

-- A year whose orders' details lie in a file of their own. Facts of an order may leave this database only
-- after their year stands here: the triggers that refuse a deletion ask for it.
CREATE TABLE archived_year (
    branch_id UUID NOT NULL REFERENCES branch (id),
    year BIGINT NOT NULL CHECK (year BETWEEN 2000 AND 2999),
    file TEXT NOT NULL,
    orders BIGINT NOT NULL CHECK (orders >= 0),
    total_minor BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (branch_id, year)
);
CREATE TRIGGER archived_year_append_only BEFORE UPDATE OR DELETE ON archived_year
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER archived_year_keeps_all BEFORE TRUNCATE ON archived_year
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
