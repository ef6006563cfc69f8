-- Whether a guest may choose one thing more than once in a slot.
ALTER TABLE combo_slot ADD COLUMN repeats INTEGER NOT NULL DEFAULT 0 CHECK (repeats IN (0, 1));
