-- Print jobs of any kind: tickets of stations, and papers with words of their own.

ALTER TABLE print_job
    ALTER COLUMN ticket_id DROP NOT NULL,
    ALTER COLUMN order_id DROP NOT NULL,
    ALTER COLUMN station_id DROP NOT NULL,
    DROP CONSTRAINT print_job_state_check,
    ADD CONSTRAINT print_job_state_check CHECK (
        state IN ('queued', 'sending', 'sent', 'printed', 'unconfirmed', 'blocked', 'failed', 'cancelled',
                  'uncertain', 'on_slip')
    ),
    ADD COLUMN kind TEXT NOT NULL DEFAULT 'kitchen' CHECK (
        kind IN ('kitchen', 'catch_up', 'pre_bill', 'receipt', 'report', 'drawer', 'test')
    ),
    -- What is to be printed, where it is no ticket.
    ADD COLUMN document JSONB,
    -- The catch-up slip on which a ticket comes out.
    ADD COLUMN slip_id UUID REFERENCES print_job (id),
    ADD CONSTRAINT print_job_work CHECK (
        (kind = 'kitchen') = (ticket_id IS NOT NULL) AND (kind = 'kitchen') = (document IS NULL)
        AND (kind <> 'kitchen' OR (order_id IS NOT NULL AND station_id IS NOT NULL))
    ),
    ADD CONSTRAINT print_job_slip CHECK (
        (slip_id IS NULL OR kind = 'kitchen') AND (state <> 'on_slip' OR slip_id IS NOT NULL)
    );
-- What waits for a person's word.
CREATE INDEX print_job_uncertain ON print_job (printer_id, created_at) WHERE state = 'uncertain';
CREATE INDEX print_job_on_slip ON print_job (slip_id) WHERE slip_id IS NOT NULL;
-- The jobs of an order that are no tickets; the tickets' own are found through these.
CREATE INDEX print_job_paper_of_order ON print_job (order_id) WHERE document IS NOT NULL;

INSERT INTO role_permission (company_id, role, permission)
SELECT company_id, code, 'print_bill' FROM role WHERE code IN ('admin', 'manager', 'cashier', 'waiter');
INSERT INTO role_permission (company_id, role, permission)
SELECT company_id, code, 'open_drawer' FROM role WHERE code IN ('admin', 'manager', 'cashier');
