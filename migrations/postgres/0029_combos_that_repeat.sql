-- Whether a guest may choose one thing more than once in a slot.
ALTER TABLE combo_slot ADD COLUMN repeats BOOLEAN NOT NULL DEFAULT FALSE;
