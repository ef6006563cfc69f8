-- What a drawer's session came to when it was counted, in the words of its report: it says the same for ever.
ALTER TABLE cash_session ADD COLUMN report JSONB CHECK (report IS NULL OR closed_at IS NOT NULL);

INSERT INTO role_permission (company_id, role, permission)
SELECT company_id, code, 'keep_till' FROM role WHERE code IN ('admin', 'manager', 'cashier');
