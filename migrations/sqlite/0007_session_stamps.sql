-- A session that ends is told to every terminal, so that they may keep the sessions that live. One that
-- begins is not: nobody has kept anything of it yet.
INSERT INTO change_stamp (topic, version) VALUES ('sessions', 1);

-- sessions
CREATE TRIGGER session_stamp_update AFTER UPDATE ON session
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'sessions'; END;
CREATE TRIGGER session_stamp_delete AFTER DELETE ON session
BEGIN UPDATE change_stamp SET version = version + 1 WHERE topic = 'sessions'; END;
