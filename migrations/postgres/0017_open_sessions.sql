-- The sessions that a person has open, which end when they get another PIN or are taken off.

CREATE INDEX session_open ON session (user_id) WHERE closed_at IS NULL;
