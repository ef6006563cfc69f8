//! Which details of an order move, table by table: how they are read and how they are deleted.
//!
//! A law compares these columns with the tables themselves, so that none can be forgotten.

use crate::sql::{Sql, statements};

statements! {
    // The jobs of an order: its tickets' and those of papers about it. They have left the lanes' table by then.
    READ_ATTEMPTS: each {
        sqlite:
            "SELECT job_id, number, printer_id, began_at, ended_at, outcome, cause, bytes_accepted
             FROM print_attempt_past WHERE job_id IN (SELECT print_job_past.id FROM ticket JOIN print_job_past ON ticket_id = ticket.id
                                  WHERE ticket.order_id IN (SELECT unhex(value, '-') FROM json_each($1))
                              UNION ALL SELECT id FROM print_job_past WHERE document IS NOT NULL AND order_id IN (SELECT unhex(value, '-') FROM json_each($1)))",
        postgres:
            "SELECT job_id, number, printer_id, began_at, ended_at, outcome, cause, bytes_accepted
             FROM print_attempt_past WHERE job_id IN (SELECT print_job_past.id FROM ticket JOIN print_job_past ON ticket_id = ticket.id
                                  WHERE ticket.order_id IN (SELECT value::UUID FROM jsonb_array_elements_text($1))
                              UNION ALL SELECT id FROM print_job_past WHERE document IS NOT NULL AND order_id IN (SELECT value::UUID FROM jsonb_array_elements_text($1)))",
    };
    DELETE_ATTEMPTS: each {
        sqlite:
            "DELETE FROM print_attempt_past WHERE job_id IN (SELECT print_job_past.id FROM ticket JOIN print_job_past ON ticket_id = ticket.id
                                  WHERE ticket.order_id IN (SELECT unhex(value, '-') FROM json_each($1))
                              UNION ALL SELECT id FROM print_job_past WHERE document IS NOT NULL AND order_id IN (SELECT unhex(value, '-') FROM json_each($1)))",
        postgres:
            "DELETE FROM print_attempt_past WHERE job_id IN (SELECT print_job_past.id FROM ticket JOIN print_job_past ON ticket_id = ticket.id
                                  WHERE ticket.order_id IN (SELECT value::UUID FROM jsonb_array_elements_text($1))
                              UNION ALL SELECT id FROM print_job_past WHERE document IS NOT NULL AND order_id IN (SELECT value::UUID FROM jsonb_array_elements_text($1)))",
    };
    READ_JOBS: each {
        sqlite:
            "SELECT id, ticket_id, order_id, station_id, printer_id, priority, rank, revision, copy, state, attempts,
                    possible_duplicate, not_before, cause, created_at, first_byte_at, settled_at, bytes_accepted,
                    kind, CAST(document AS TEXT) AS document, slip_id
             FROM print_job_past
             WHERE id IN (SELECT mine.id FROM ticket JOIN print_job_past AS mine ON mine.ticket_id = ticket.id
                          WHERE ticket.order_id IN (SELECT unhex(value, '-') FROM json_each($1))
                          UNION ALL
                          SELECT paper.id FROM print_job_past AS paper
                          WHERE paper.document IS NOT NULL AND paper.order_id IN (SELECT unhex(value, '-') FROM json_each($1)))",
        postgres:
            "SELECT id, ticket_id, order_id, station_id, printer_id, priority, rank, revision, copy, state, attempts,
                    possible_duplicate, not_before, cause, created_at, first_byte_at, settled_at, bytes_accepted,
                    kind, CAST(document AS TEXT) AS document, slip_id
             FROM print_job_past
             WHERE id IN (SELECT mine.id FROM ticket JOIN print_job_past AS mine ON mine.ticket_id = ticket.id
                          WHERE ticket.order_id IN (SELECT value::UUID FROM jsonb_array_elements_text($1))
                          UNION ALL
                          SELECT paper.id FROM print_job_past AS paper
                          WHERE paper.document IS NOT NULL AND paper.order_id IN (SELECT value::UUID FROM jsonb_array_elements_text($1)))",
    };
    DELETE_JOBS: each {
        sqlite:
            "DELETE FROM print_job_past
             WHERE id IN (SELECT mine.id FROM ticket JOIN print_job_past AS mine ON mine.ticket_id = ticket.id
                          WHERE ticket.order_id IN (SELECT unhex(value, '-') FROM json_each($1))
                          UNION ALL
                          SELECT paper.id FROM print_job_past AS paper
                          WHERE paper.document IS NOT NULL AND paper.order_id IN (SELECT unhex(value, '-') FROM json_each($1)))",
        postgres:
            "DELETE FROM print_job_past
             WHERE id IN (SELECT mine.id FROM ticket JOIN print_job_past AS mine ON mine.ticket_id = ticket.id
                          WHERE ticket.order_id IN (SELECT value::UUID FROM jsonb_array_elements_text($1))
                          UNION ALL
                          SELECT paper.id FROM print_job_past AS paper
                          WHERE paper.document IS NOT NULL AND paper.order_id IN (SELECT value::UUID FROM jsonb_array_elements_text($1)))",
    };
    READ_TICKETS: each {
        sqlite:
            "SELECT id, order_id, station_id, number, kind, revision, state, CAST(content AS TEXT) AS
              content, created_at, seen_at, ready_at, ready_by, first_at FROM ticket WHERE order_id IN (SELECT
              unhex(value, '-') FROM json_each($1))",
        postgres:
            "SELECT id, order_id, station_id, number, kind, revision, state, CAST(content AS TEXT) AS
              content, created_at, seen_at, ready_at, ready_by, first_at FROM ticket WHERE order_id IN (SELECT
              value::UUID FROM jsonb_array_elements_text($1))",
    };
    DELETE_TICKETS: each {
        sqlite:
            "DELETE FROM ticket WHERE order_id IN (SELECT unhex(value, '-') FROM json_each($1))",
        postgres:
            "DELETE FROM ticket WHERE order_id IN (SELECT value::UUID FROM jsonb_array_elements_text($1))",
    };
    READ_EVENTS: each {
        sqlite:
            "SELECT id, order_id, at, user_id, terminal_id, kind, CAST(detail AS TEXT) AS detail FROM
              order_event WHERE order_id IN (SELECT unhex(value, '-') FROM json_each($1))",
        postgres:
            "SELECT id, order_id, at, user_id, terminal_id, kind, CAST(detail AS TEXT) AS detail FROM
              order_event WHERE order_id IN (SELECT value::UUID FROM jsonb_array_elements_text($1))",
    };
    DELETE_EVENTS: each {
        sqlite:
            "DELETE FROM order_event WHERE order_id IN (SELECT unhex(value, '-') FROM json_each($1))",
        postgres:
            "DELETE FROM order_event WHERE order_id IN (SELECT value::UUID FROM
              jsonb_array_elements_text($1))",
    };
    READ_VOIDS: each {
        sqlite:
            "SELECT line_id, order_id, reason, user_id, at, command_id FROM order_line_void WHERE line_id IN
              (SELECT id FROM order_line WHERE current_order_id IN (SELECT unhex(value, '-') FROM
              json_each($1)))",
        postgres:
            "SELECT line_id, order_id, reason, user_id, at, command_id FROM order_line_void WHERE line_id IN
              (SELECT id FROM order_line WHERE current_order_id IN (SELECT value::UUID FROM
              jsonb_array_elements_text($1)))",
    };
    DELETE_VOIDS: each {
        sqlite:
            "DELETE FROM order_line_void WHERE line_id IN (SELECT id FROM order_line WHERE current_order_id
              IN (SELECT unhex(value, '-') FROM json_each($1)))",
        postgres:
            "DELETE FROM order_line_void WHERE line_id IN (SELECT id FROM order_line WHERE current_order_id
              IN (SELECT value::UUID FROM jsonb_array_elements_text($1)))",
    };
    READ_FIRES: each {
        sqlite:
            "SELECT line_id, order_id, at, user_id, terminal_id, command_id FROM order_line_fire WHERE line_id IN
              (SELECT id FROM order_line WHERE current_order_id IN (SELECT unhex(value, '-') FROM
              json_each($1)))",
        postgres:
            "SELECT line_id, order_id, at, user_id, terminal_id, command_id FROM order_line_fire WHERE line_id IN
              (SELECT id FROM order_line WHERE current_order_id IN (SELECT value::UUID FROM
              jsonb_array_elements_text($1)))",
    };
    DELETE_FIRES: each {
        sqlite:
            "DELETE FROM order_line_fire WHERE line_id IN (SELECT id FROM order_line WHERE current_order_id
              IN (SELECT unhex(value, '-') FROM json_each($1)))",
        postgres:
            "DELETE FROM order_line_fire WHERE line_id IN (SELECT id FROM order_line WHERE current_order_id
              IN (SELECT value::UUID FROM jsonb_array_elements_text($1)))",
    };
    READ_MOVES: each {
        sqlite:
            "SELECT line_id, number, from_order_id, to_order_id, at, user_id, command_id FROM
              order_line_move WHERE line_id IN (SELECT id FROM order_line WHERE current_order_id IN (SELECT
              unhex(value, '-') FROM json_each($1)))",
        postgres:
            "SELECT line_id, number, from_order_id, to_order_id, at, user_id, command_id FROM
              order_line_move WHERE line_id IN (SELECT id FROM order_line WHERE current_order_id IN (SELECT
              value::UUID FROM jsonb_array_elements_text($1)))",
    };
    DELETE_MOVES: each {
        sqlite:
            "DELETE FROM order_line_move WHERE line_id IN (SELECT id FROM order_line WHERE current_order_id
              IN (SELECT unhex(value, '-') FROM json_each($1)))",
        postgres:
            "DELETE FROM order_line_move WHERE line_id IN (SELECT id FROM order_line WHERE current_order_id
              IN (SELECT value::UUID FROM jsonb_array_elements_text($1)))",
    };
    READ_LINES: each {
        sqlite:
            "SELECT id, order_id, product_id, name, quantity, price_minor, CAST(modifiers AS TEXT) AS
              modifiers, note, allergy, course, station_id, revision, position, created_at, user_id,
              CAST(taxes AS TEXT) AS taxes, variant_id, seat, combo_line_id, current_order_id, held,
              price_list, ordinary_price_minor, piece_of_id, piece_of_units FROM order_line WHERE current_order_id IN (SELECT unhex(value, '-') FROM json_each($1))",
        postgres:
            "SELECT id, order_id, product_id, name, quantity, price_minor, CAST(modifiers AS TEXT) AS
              modifiers, note, allergy, course, station_id, revision, position, created_at, user_id,
              CAST(taxes AS TEXT) AS taxes, variant_id, seat, combo_line_id, current_order_id, held,
              price_list, ordinary_price_minor, piece_of_id, piece_of_units FROM order_line WHERE current_order_id IN (SELECT value::UUID FROM jsonb_array_elements_text($1))",
    };
    DELETE_LINES: each {
        sqlite:
            "DELETE FROM order_line WHERE current_order_id IN (SELECT unhex(value, '-') FROM json_each($1))",
        postgres:
            "DELETE FROM order_line WHERE current_order_id IN (SELECT value::UUID FROM
              jsonb_array_elements_text($1))",
    };
    READ_ORDERS: each {
        sqlite:
            "SELECT id, branch_id, order_type, number, table_id, customer, covers, waiter_id, terminal_id,
              note, urgent, revision, opened_at, closed_at, customer_id, net_minor, tax_minor, total_minor,
              business_day, closed_by, phone, address, courier_note, promised_at, handed_at, handed_by,
              CAST(division AS TEXT) AS division, served_as
              FROM customer_order WHERE id IN (SELECT unhex(value, '-') FROM
              json_each($1))",
        postgres:
            "SELECT id, branch_id, order_type, number, table_id, customer, covers, waiter_id, terminal_id,
              note, urgent, revision, opened_at, closed_at, customer_id, net_minor, tax_minor, total_minor,
              business_day, closed_by, phone, address, courier_note, promised_at, handed_at, handed_by,
              CAST(division AS TEXT) AS division, served_as
              FROM customer_order WHERE id IN (SELECT value::UUID FROM
              jsonb_array_elements_text($1))",
    };
}

/// What a column of a detail holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Id,
    Number,
    Bool,
    /// Text, and JSON as text.
    Text,
}

/// A column and what it holds.
pub(crate) type Column = (&'static str, Kind);

pub(crate) const ATTEMPT_COLUMNS: [Column; 8] = [
    ("job_id", Kind::Id),
    ("number", Kind::Number),
    ("printer_id", Kind::Id),
    ("began_at", Kind::Number),
    ("ended_at", Kind::Number),
    ("outcome", Kind::Text),
    ("cause", Kind::Text),
    ("bytes_accepted", Kind::Number),
];

pub(crate) const JOB_COLUMNS: [Column; 21] = [
    ("id", Kind::Id),
    ("ticket_id", Kind::Id),
    ("order_id", Kind::Id),
    ("station_id", Kind::Id),
    ("printer_id", Kind::Id),
    ("priority", Kind::Text),
    ("rank", Kind::Number),
    ("revision", Kind::Number),
    ("copy", Kind::Number),
    ("state", Kind::Text),
    ("attempts", Kind::Number),
    ("possible_duplicate", Kind::Bool),
    ("not_before", Kind::Number),
    ("cause", Kind::Text),
    ("created_at", Kind::Number),
    ("first_byte_at", Kind::Number),
    ("settled_at", Kind::Number),
    ("bytes_accepted", Kind::Number),
    ("kind", Kind::Text),
    ("document", Kind::Text),
    ("slip_id", Kind::Id),
];

/// A table whose rows are copied.
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) columns: &'static [Column],
    pub(super) read: Sql,
    /// None where the row itself stays too.
    pub(super) delete: Option<Sql>,
}

/// In the order in which rows are deleted: those that point at others first.
pub(crate) const TABLES: &[Table] = &[
    Table {
        name: "print_attempt",
        columns: &ATTEMPT_COLUMNS,
        read: READ_ATTEMPTS,
        delete: Some(DELETE_ATTEMPTS),
    },
    Table { name: "print_job", columns: &JOB_COLUMNS, read: READ_JOBS, delete: Some(DELETE_JOBS) },
    Table {
        name: "ticket",
        columns: &[
            ("id", Kind::Id),
            ("order_id", Kind::Id),
            ("station_id", Kind::Id),
            ("number", Kind::Number),
            ("kind", Kind::Text),
            ("revision", Kind::Number),
            ("state", Kind::Text),
            ("content", Kind::Text),
            ("created_at", Kind::Number),
            ("seen_at", Kind::Number),
            ("ready_at", Kind::Number),
            ("ready_by", Kind::Id),
            ("first_at", Kind::Number),
        ],
        read: READ_TICKETS,
        delete: Some(DELETE_TICKETS),
    },
    Table {
        name: "order_event",
        columns: &[
            ("id", Kind::Id),
            ("order_id", Kind::Id),
            ("at", Kind::Number),
            ("user_id", Kind::Id),
            ("terminal_id", Kind::Id),
            ("kind", Kind::Text),
            ("detail", Kind::Text),
        ],
        read: READ_EVENTS,
        delete: Some(DELETE_EVENTS),
    },
    Table {
        name: "order_line_void",
        columns: &[
            ("line_id", Kind::Id),
            ("order_id", Kind::Id),
            ("reason", Kind::Text),
            ("user_id", Kind::Id),
            ("at", Kind::Number),
            ("command_id", Kind::Id),
        ],
        read: READ_VOIDS,
        delete: Some(DELETE_VOIDS),
    },
    Table {
        name: "order_line_fire",
        columns: &[
            ("line_id", Kind::Id),
            ("order_id", Kind::Id),
            ("at", Kind::Number),
            ("user_id", Kind::Id),
            ("terminal_id", Kind::Id),
            ("command_id", Kind::Id),
        ],
        read: READ_FIRES,
        delete: Some(DELETE_FIRES),
    },
    Table {
        name: "order_line_move",
        columns: &[
            ("line_id", Kind::Id),
            ("number", Kind::Number),
            ("from_order_id", Kind::Id),
            ("to_order_id", Kind::Id),
            ("at", Kind::Number),
            ("user_id", Kind::Id),
            ("command_id", Kind::Id),
        ],
        read: READ_MOVES,
        delete: Some(DELETE_MOVES),
    },
    Table {
        name: "order_line",
        columns: &[
            ("id", Kind::Id),
            ("order_id", Kind::Id),
            ("product_id", Kind::Id),
            ("name", Kind::Text),
            ("quantity", Kind::Number),
            ("price_minor", Kind::Number),
            ("modifiers", Kind::Text),
            ("note", Kind::Text),
            ("allergy", Kind::Text),
            ("course", Kind::Number),
            ("station_id", Kind::Id),
            ("revision", Kind::Number),
            ("position", Kind::Number),
            ("created_at", Kind::Number),
            ("user_id", Kind::Id),
            ("taxes", Kind::Text),
            ("variant_id", Kind::Id),
            ("seat", Kind::Number),
            ("combo_line_id", Kind::Id),
            ("current_order_id", Kind::Id),
            ("held", Kind::Bool),
            ("price_list", Kind::Text),
            ("ordinary_price_minor", Kind::Number),
            ("piece_of_id", Kind::Id),
            ("piece_of_units", Kind::Number),
        ],
        read: READ_LINES,
        delete: Some(DELETE_LINES),
    },
    Table {
        name: "customer_order",
        columns: &[
            ("id", Kind::Id),
            ("branch_id", Kind::Id),
            ("order_type", Kind::Text),
            ("number", Kind::Number),
            ("table_id", Kind::Id),
            ("customer", Kind::Text),
            ("covers", Kind::Number),
            ("waiter_id", Kind::Id),
            ("terminal_id", Kind::Id),
            ("note", Kind::Text),
            ("urgent", Kind::Bool),
            ("revision", Kind::Number),
            ("opened_at", Kind::Number),
            ("closed_at", Kind::Number),
            ("customer_id", Kind::Id),
            ("net_minor", Kind::Number),
            ("tax_minor", Kind::Number),
            ("total_minor", Kind::Number),
            ("business_day", Kind::Number),
            ("closed_by", Kind::Id),
            ("phone", Kind::Text),
            ("address", Kind::Text),
            ("courier_note", Kind::Text),
            ("promised_at", Kind::Number),
            ("handed_at", Kind::Number),
            ("handed_by", Kind::Id),
            ("division", Kind::Text),
            ("served_as", Kind::Text),
        ],
        read: READ_ORDERS,
        delete: None,
    },
];
