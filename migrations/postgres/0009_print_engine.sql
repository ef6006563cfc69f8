-- The print engine: targets that share a station's load, and who may steer the queue.

-- A target with shares stands beside the target before it and shares its load; otherwise it serves when
-- those before it cannot. Of a station's first target it says nothing.
ALTER TABLE station_target ADD COLUMN shares BOOLEAN NOT NULL DEFAULT FALSE;

INSERT INTO role_permission (company_id, role, permission)
SELECT company_id, code, 'steer_queue' FROM role WHERE code IN ('admin', 'manager');
