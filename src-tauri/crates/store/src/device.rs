//! What tickets come out of, as a person sets it up: devices, the chains of stations, the printers of terminals,
//! the mail server.
//!
//! A device is a row of `printer`, also when it is a screen, a folder or a mailbox. One that is removed keeps its
//! row, since old tickets came out of it, and gives its name back.

use crate::columns::{AsJson, Row};
use crate::sql::{execute, fetch_all, fetch_optional, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{BranchId, PrinterId, StationId, TargetId, TerminalId};
use fastops_domain::outlet::MailServer;
use fastops_domain::station::{Candidate, ChainTarget, Printer, Target};
use serde::Serialize;
use std::collections::HashMap;

statements! {
    SAVE_DEVICE: both
        "INSERT INTO printer (id, branch_id, name, address, columns, code_page, code_table, proof,
                              cutter, pictures, qr, buzzer, red, drawer_pin, drawer_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, address = excluded.address,
             columns = excluded.columns, code_page = excluded.code_page, code_table = excluded.code_table,
             proof = excluded.proof, cutter = excluded.cutter, pictures = excluded.pictures,
             qr = excluded.qr, buzzer = excluded.buzzer, red = excluded.red,
             drawer_pin = excluded.drawer_pin, drawer_ms = excluded.drawer_ms
         WHERE printer.branch_id = excluded.branch_id AND printer.active";
    SET_PAGE: both
        "UPDATE printer SET code_page = $3, code_table = $4 WHERE id = $1 AND branch_id = $2 AND active";
    RETIRE_DEVICE: both
        "UPDATE printer SET active = FALSE, name = name || $3 WHERE id = $1 AND branch_id = $2 AND active";
    LEAVE_TERMINALS: both "UPDATE terminal SET printer_id = NULL WHERE printer_id = $1";
    EMPTY_CHAIN: both "DELETE FROM station_target WHERE station_id = $1";
    FILL_CHAIN: each {
        sqlite:
            "INSERT INTO station_target (id, station_id, position, kind, printer_id, shares)
             SELECT unhex(row.value ->> 'id', '-'), $1, row.value ->> 'position', row.value ->> 'kind',
                    unhex(row.value ->> 'printer', '-'), row.value ->> 'shares'
             FROM json_each($2) AS row",
        postgres:
            "INSERT INTO station_target (id, station_id, position, kind, printer_id, shares)
             SELECT id, $1, position, kind, printer, shares
             FROM jsonb_to_recordset($2) AS target (
                 id UUID, position BIGINT, kind TEXT, printer UUID, shares BOOLEAN)",
    };
    SET_TERMINAL_PRINTER: both "UPDATE terminal SET printer_id = $3 WHERE id = $1 AND branch_id = $2";
    TERMINAL_PRINTERS: both
        "SELECT id, printer_id FROM terminal WHERE branch_id = $1 AND printer_id IS NOT NULL";
    MAIL_SERVER: both
        "SELECT host, port, security, user_name, sender FROM mail_server WHERE branch_id = $1";
    SET_MAIL_SERVER: both
        "INSERT INTO mail_server (branch_id, host, port, security, user_name, sender)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (branch_id) DO UPDATE SET host = excluded.host, port = excluded.port,
             security = excluded.security, user_name = excluded.user_name, sender = excluded.sender";
    FORGET_MAIL_SERVER: both "DELETE FROM mail_server WHERE branch_id = $1";
}

/// Adds a device, or changes it; `Stale` when it was removed or is another branch's.
pub async fn save(tx: &mut Tx, branch: BranchId, device: &Printer) -> Result<(), StoreError> {
    let profile = &device.profile;
    let saved = execute!(
        tx,
        SAVE_DEVICE,
        device.id,
        branch,
        &device.name,
        device.address.to_string(),
        profile.columns,
        profile.code_page,
        profile.code_table,
        profile.proof,
        profile.abilities.cutter,
        profile.abilities.pictures,
        profile.abilities.qr,
        profile.abilities.buzzer,
        profile.abilities.red,
        profile.drawer.pin,
        profile.drawer.on_ms
    )?;
    one(saved)
}

/// Says in which page a device's papers are written.
pub async fn set_page(
    tx: &mut Tx,
    branch: BranchId,
    device: PrinterId,
    page: Candidate,
) -> Result<(), StoreError> {
    one(execute!(tx, SET_PAGE, device, branch, page.page, page.table)?)
}

/// Takes a device out of the house; `mark` is put behind its name, which another may have then. Chains that it is
/// in are the caller's to change.
pub async fn retire(
    tx: &mut Tx,
    branch: BranchId,
    device: PrinterId,
    mark: &str,
) -> Result<(), StoreError> {
    one(execute!(tx, RETIRE_DEVICE, device, branch, mark)?)?;
    execute!(tx, LEAVE_TERMINALS, device).map(drop)
}

/// A target on its way into the database.
#[derive(Serialize)]
struct NewTarget {
    id: TargetId,
    position: usize,
    kind: &'static str,
    printer: Option<PrinterId>,
    shares: bool,
}

/// Has a station's tickets go to these targets, in place of those before. `ids` are of the new rows, one each.
pub async fn set_chain(
    tx: &mut Tx,
    station: StationId,
    chain: &[ChainTarget],
    ids: &[TargetId],
) -> Result<(), StoreError> {
    execute!(tx, EMPTY_CHAIN, station)?;
    let shares = |at: usize| at > 0 && chain[at - 1].tier == chain[at].tier;
    let target = |((at, target), id): ((usize, &ChainTarget), &TargetId)| {
        let (kind, printer) = match target.target {
            Target::Device(printer) => ("printer", Some(printer)),
            Target::Sender => ("sender", None),
        };
        NewTarget { id: *id, position: at, kind, printer, shares: shares(at) }
    };
    let rows: Vec<NewTarget> = chain.iter().enumerate().zip(ids).map(target).collect();
    execute!(tx, FILL_CHAIN, station, AsJson(&rows)).map(drop)
}

/// Says which printer stands beside a terminal; `Stale` when there is no such terminal.
pub async fn set_terminal_printer(
    tx: &mut Tx,
    branch: BranchId,
    terminal: TerminalId,
    printer: Option<PrinterId>,
) -> Result<(), StoreError> {
    one(execute!(tx, SET_TERMINAL_PRINTER, terminal, branch, printer)?)
}

/// The printers that stand beside terminals.
pub async fn terminal_printers(
    tx: &mut Tx,
    branch: BranchId,
) -> Result<HashMap<TerminalId, PrinterId>, StoreError> {
    fetch_all!(tx, TERMINAL_PRINTERS, |row: &Row<'_>| Ok((row.get("id")?, row.get("printer_id")?)), branch)
}

/// The server that mails a branch's tickets, if there is one.
pub async fn mail_server(tx: &mut Tx, branch: BranchId) -> Result<Option<MailServer>, StoreError> {
    fetch_optional!(
        tx,
        MAIL_SERVER,
        |row: &Row<'_>| Ok(MailServer {
            host: row.get("host")?,
            port: row.get("port")?,
            security: row.get("security")?,
            user: row.get("user_name")?,
            from: row.get("sender")?,
        }),
        branch
    )
}

/// Says which server mails a branch's tickets, or that none does.
pub async fn set_mail_server(
    tx: &mut Tx,
    branch: BranchId,
    server: Option<&MailServer>,
) -> Result<(), StoreError> {
    let Some(server) = server else { return execute!(tx, FORGET_MAIL_SERVER, branch).map(drop) };
    let MailServer { host, port, security, user, from } = server;
    execute!(tx, SET_MAIL_SERVER, branch, host, *port, *security, user.as_deref(), from).map(drop)
}

fn one(touched: u64) -> Result<(), StoreError> {
    if touched == 1 { Ok(()) } else { Err(StoreError::Stale { what: "the device" }) }
}
