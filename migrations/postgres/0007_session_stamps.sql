-- A session that ends is told to every terminal, so that they may keep the sessions that live. One that
-- begins is not: nobody has kept anything of it yet.
INSERT INTO change_stamp (topic, version) VALUES ('sessions', 1);

-- sessions
CREATE TRIGGER session_stamp AFTER UPDATE OR DELETE OR TRUNCATE ON session
    FOR EACH STATEMENT EXECUTE FUNCTION stamp_change('sessions');
