//! Who sent what: the printer that stands beside the terminal of which a ticket speaks.

use crate::columns::Row;
use crate::sql::{fetch_all, fetch_optional, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{JobId, PrinterId, StationId, TicketId};
use std::collections::HashSet;

statements! {
    SENDER_PRINTER: both
        "SELECT terminal.printer_id FROM print_job
         JOIN ticket ON ticket.id = ticket_id
         JOIN station ON station.id = ticket.station_id
         JOIN terminal ON terminal.branch_id = station.branch_id AND terminal.name = content ->> 'terminal'
         WHERE print_job.id = $1";
    WAITING_SENT_FROM: both
        "SELECT print_job.id FROM print_job
         JOIN station ON station.id = print_job.station_id
         LEFT JOIN ticket ON ticket.id = ticket_id
         LEFT JOIN terminal ON terminal.branch_id = station.branch_id AND terminal.name = content ->> 'terminal'
         WHERE print_job.printer_id = $1
           AND (print_job.state = 'queued' OR print_job.state = 'blocked' OR print_job.state = 'sending'
                OR print_job.state = 'sent')
           AND print_job.state IN ('queued', 'blocked') AND print_job.station_id = $2
           AND terminal.printer_id IS NOT DISTINCT FROM $3
         ORDER BY rank, print_job.revision, copy, print_job.id";
    TICKETS_AT: both
        "SELECT ticket_id FROM ticket JOIN print_job ON ticket_id = ticket.id
         WHERE ticket.station_id = $1 AND ticket.state IN ('new', 'seen')
           AND print_job.printer_id = $2";
}

/// The printer beside the terminal that sent a job's ticket; none when it has none.
pub async fn sender_printer(tx: &mut Tx, job: JobId) -> Result<Option<PrinterId>, StoreError> {
    let read = |row: &Row<'_>| row.get("printer_id");
    let found: Option<Option<PrinterId>> = fetch_optional!(tx, SENDER_PRINTER, read, job)?;
    Ok(found.flatten())
}

/// The jobs of a station that wait in a printer's lane and whose senders have this printer beside them, in the
/// order in which they would go.
pub async fn waiting_sent_from(
    tx: &mut Tx,
    printer: PrinterId,
    station: StationId,
    sender: Option<PrinterId>,
) -> Result<Vec<JobId>, StoreError> {
    fetch_all!(tx, WAITING_SENT_FROM, |row: &Row<'_>| row.get("id"), printer, station, sender)
}

/// The tickets that a station has to make and that went, or are to go, to this device.
pub async fn tickets_at(
    tx: &mut Tx,
    station: StationId,
    device: PrinterId,
) -> Result<HashSet<TicketId>, StoreError> {
    fetch_all!(tx, TICKETS_AT, |row: &Row<'_>| row.get("ticket_id"), station, device)
}
