-- What several answers to one question mean: each whole, or equal parts of one unit by the dearest or the mean price.
ALTER TABLE modifier_group ADD COLUMN portioning TEXT NOT NULL DEFAULT 'whole'
    CHECK (portioning IN ('whole', 'dearest', 'mean'));
