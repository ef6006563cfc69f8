-- What a printer can do besides letters. Printers that are there already are taken for what most are.
ALTER TABLE printer ADD COLUMN cutter BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE printer ADD COLUMN pictures BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE printer ADD COLUMN qr BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE printer ADD COLUMN buzzer TEXT NOT NULL DEFAULT 'silent' CHECK (buzzer IN ('silent', 'epson', 'clone'));
