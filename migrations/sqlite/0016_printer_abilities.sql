-- What a printer can do besides letters. Printers that are there already are taken for what most are.
ALTER TABLE printer ADD COLUMN cutter INTEGER NOT NULL DEFAULT 1 CHECK (cutter IN (0, 1));
ALTER TABLE printer ADD COLUMN pictures INTEGER NOT NULL DEFAULT 1 CHECK (pictures IN (0, 1));
ALTER TABLE printer ADD COLUMN qr INTEGER NOT NULL DEFAULT 1 CHECK (qr IN (0, 1));
ALTER TABLE printer ADD COLUMN buzzer TEXT NOT NULL DEFAULT 'silent' CHECK (buzzer IN ('silent', 'epson', 'clone'));
