-- The station that makes what a closed one made, if anything is made there; always one that is open.
ALTER TABLE station ADD COLUMN successor_id UUID REFERENCES station (id)
    CONSTRAINT station_successor CHECK (successor_id IS NULL OR NOT active);
