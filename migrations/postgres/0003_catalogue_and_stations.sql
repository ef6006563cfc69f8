-- What is sold, at which price, and who makes it.
--
-- Where a row may mean a product or one variant of it, item_id is the one that is meant: it serves keys,
-- which an empty variant_id cannot. A variant always comes with its own product.

ALTER TABLE room ADD COLUMN active BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE dining_table ADD COLUMN active BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE category ADD COLUMN active BOOLEAN NOT NULL DEFAULT TRUE;

-- A product may bear several taxes, in an order; what it bore alone becomes the first.
CREATE TABLE product_tax (
    product_id UUID NOT NULL REFERENCES product (id),
    tax_id UUID NOT NULL REFERENCES tax (id),
    position BIGINT NOT NULL CHECK (position >= 0),
    PRIMARY KEY (product_id, tax_id),
    UNIQUE (product_id, position)
);
CREATE INDEX product_tax_tax ON product_tax (tax_id);
INSERT INTO product_tax (product_id, tax_id, position) SELECT id, tax_id, 0 FROM product;

-- An ingredient is bought and used, never sold by itself; a combo is sold as the products chosen for it.
-- cost_minor is what one unit costs the house.
ALTER TABLE product DROP COLUMN tax_id;
ALTER TABLE product ADD COLUMN kind TEXT NOT NULL DEFAULT 'product'
    CHECK (kind IN ('product', 'combo', 'ingredient'));
ALTER TABLE product ADD COLUMN tracks_stock BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE product ADD COLUMN cost_minor BIGINT CHECK (cost_minor >= 0);
ALTER TABLE product ADD COLUMN unit TEXT NOT NULL DEFAULT 'each' CHECK (unit IN ('each', 'kg', 'g', 'l', 'ml'));

CREATE TABLE size (
    id UUID NOT NULL PRIMARY KEY,
    company_id UUID NOT NULL REFERENCES company (id),
    name TEXT NOT NULL,
    position BIGINT NOT NULL,
    active BOOLEAN NOT NULL DEFAULT TRUE,
    UNIQUE (company_id, name)
);

-- swatch is what a screen shows, as #rrggbb.
CREATE TABLE color (
    id UUID NOT NULL PRIMARY KEY,
    company_id UUID NOT NULL REFERENCES company (id),
    name TEXT NOT NULL,
    swatch TEXT NOT NULL CHECK (length(swatch) = 7),
    position BIGINT NOT NULL,
    active BOOLEAN NOT NULL DEFAULT TRUE,
    UNIQUE (company_id, name)
);

-- A product in one size, one colour or both; without a price of its own it costs what the product costs.
CREATE TABLE variant (
    id UUID NOT NULL PRIMARY KEY,
    product_id UUID NOT NULL REFERENCES product (id),
    size_id UUID REFERENCES size (id),
    color_id UUID REFERENCES color (id),
    price_minor BIGINT,
    short_code TEXT,
    active BOOLEAN NOT NULL DEFAULT TRUE,
    UNIQUE (id, product_id),
    CHECK (size_id IS NOT NULL OR color_id IS NOT NULL)
);
CREATE UNIQUE INDEX variant_combination
    ON variant (product_id, COALESCE(size_id, '00000000-0000-0000-0000-000000000000'),
                COALESCE(color_id, '00000000-0000-0000-0000-000000000000'));
CREATE INDEX variant_size ON variant (size_id) WHERE size_id IS NOT NULL;
CREATE INDEX variant_color ON variant (color_id) WHERE color_id IS NOT NULL;

CREATE TABLE barcode (
    company_id UUID NOT NULL REFERENCES company (id),
    code TEXT NOT NULL CHECK (code <> ''),
    product_id UUID NOT NULL REFERENCES product (id),
    variant_id UUID,
    PRIMARY KEY (company_id, code),
    FOREIGN KEY (variant_id, product_id) REFERENCES variant (id, product_id)
);
CREATE INDEX barcode_of_product ON barcode (product_id);

-- A combo asks for min to max choices in each of its slots.
CREATE TABLE combo_slot (
    id UUID NOT NULL PRIMARY KEY,
    product_id UUID NOT NULL REFERENCES product (id),
    name TEXT NOT NULL,
    min_choices BIGINT NOT NULL CHECK (min_choices >= 0),
    max_choices BIGINT NOT NULL CHECK (max_choices >= min_choices AND max_choices > 0),
    position BIGINT NOT NULL,
    UNIQUE (product_id, name)
);

CREATE TABLE combo_choice (
    slot_id UUID NOT NULL REFERENCES combo_slot (id),
    item_id UUID NOT NULL,
    product_id UUID NOT NULL REFERENCES product (id),
    variant_id UUID,
    price_minor BIGINT NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (slot_id, item_id),
    CHECK (item_id = COALESCE(variant_id, product_id)),
    FOREIGN KEY (variant_id, product_id) REFERENCES variant (id, product_id)
);
CREATE INDEX combo_choice_product ON combo_choice (product_id);

-- Other prices, for one branch or all of them, for a time or for good; of several the highest priority counts.
CREATE TABLE price_list (
    id UUID NOT NULL PRIMARY KEY,
    company_id UUID NOT NULL REFERENCES company (id),
    branch_id UUID,
    name TEXT NOT NULL,
    priority BIGINT NOT NULL,
    active BOOLEAN NOT NULL DEFAULT TRUE,
    valid_from BIGINT,
    valid_until BIGINT CHECK (valid_until > valid_from),
    UNIQUE (company_id, name),
    FOREIGN KEY (branch_id, company_id) REFERENCES branch (id, company_id)
);
CREATE INDEX price_list_branch ON price_list (branch_id) WHERE branch_id IS NOT NULL;

-- When a list counts: weekday 1 is Monday, that of the business day on which the hours begin; minutes are of the
-- branch's clock, and hours that end before they begin go over midnight. No row means always.
CREATE TABLE price_list_hours (
    price_list_id UUID NOT NULL REFERENCES price_list (id),
    weekday BIGINT NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    from_minute BIGINT NOT NULL CHECK (from_minute BETWEEN 0 AND 1439),
    to_minute BIGINT NOT NULL CHECK (to_minute BETWEEN 1 AND 1440),
    PRIMARY KEY (price_list_id, weekday, from_minute)
);

CREATE TABLE price_list_item (
    price_list_id UUID NOT NULL REFERENCES price_list (id),
    item_id UUID NOT NULL,
    product_id UUID NOT NULL REFERENCES product (id),
    variant_id UUID,
    price_minor BIGINT NOT NULL CHECK (price_minor >= 0),
    PRIMARY KEY (price_list_id, item_id),
    CHECK (item_id = COALESCE(variant_id, product_id)),
    FOREIGN KEY (variant_id, product_id) REFERENCES variant (id, product_id)
);
CREATE INDEX price_list_item_product ON price_list_item (product_id);

-- A printer may belong to one terminal, whose cable it hangs on; profile names a known model.
ALTER TABLE printer ADD COLUMN terminal_id UUID REFERENCES terminal (id);
ALTER TABLE printer ADD COLUMN profile TEXT;
ALTER TABLE printer ADD COLUMN active BOOLEAN NOT NULL DEFAULT TRUE;
CREATE INDEX printer_terminal ON printer (terminal_id) WHERE terminal_id IS NOT NULL;
ALTER TABLE station ADD COLUMN active BOOLEAN NOT NULL DEFAULT TRUE;

-- Where a station's tickets go, first to last: each next target serves when those before it cannot.
-- detail is the address of an e-mail or the folder of a PDF.
CREATE TABLE station_target (
    id UUID NOT NULL PRIMARY KEY,
    station_id UUID NOT NULL REFERENCES station (id),
    position BIGINT NOT NULL CHECK (position >= 0),
    kind TEXT NOT NULL CHECK (kind IN ('printer', 'screen', 'sender', 'pdf', 'email')),
    printer_id UUID REFERENCES printer (id),
    detail TEXT,
    UNIQUE (station_id, position),
    UNIQUE (station_id, printer_id),
    CONSTRAINT station_target_printer CHECK ((kind = 'printer') = (printer_id IS NOT NULL)),
    CONSTRAINT station_target_detail CHECK (kind <> 'email' OR detail IS NOT NULL)
);
CREATE INDEX station_target_of_printer ON station_target (printer_id) WHERE printer_id IS NOT NULL;
INSERT INTO station_target (id, station_id, position, kind, printer_id)
SELECT gen_random_uuid(), station_id,
       ROW_NUMBER() OVER (PARTITION BY station_id ORDER BY position, printer_id) - 1, 'printer', printer_id
FROM station_printer;
DROP TABLE station_printer;

-- Who makes one product, in place of whoever makes the rest of its category.
CREATE TABLE product_station (
    branch_id UUID NOT NULL REFERENCES branch (id),
    product_id UUID NOT NULL REFERENCES product (id),
    station_id UUID NOT NULL REFERENCES station (id),
    PRIMARY KEY (branch_id, product_id)
);

INSERT INTO size (id, company_id, name, position)
WITH words (es, en, position) AS (VALUES ('Pequeño', 'Small', 0), ('Mediano', 'Medium', 1), ('Grande', 'Large', 2))
SELECT gen_random_uuid(), company.id,
       CASE WHEN EXISTS (SELECT 1 FROM branch WHERE branch.company_id = company.id AND language = 'es')
            THEN words.es ELSE words.en END,
       words.position
FROM company CROSS JOIN words;

INSERT INTO color (id, company_id, name, swatch, position)
WITH words (es, en, swatch, position) AS (
    VALUES ('Blanco', 'White', '#ffffff', 0), ('Negro', 'Black', '#1a1a1a', 1), ('Rojo', 'Red', '#c62828', 2),
           ('Azul', 'Blue', '#1565c0', 3), ('Verde', 'Green', '#2e7d32', 4)
)
SELECT gen_random_uuid(), company.id,
       CASE WHEN EXISTS (SELECT 1 FROM branch WHERE branch.company_id = company.id AND language = 'es')
            THEN words.es ELSE words.en END,
       words.swatch, words.position
FROM company CROSS JOIN words;
