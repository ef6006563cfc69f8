//! Whose a printer is: the computers that it belongs to, and the one core that drives it now.
//!
//! All cores go by the database's clock. A lease that ends later than any could is the word of a clock that
//! was turned back, and has ended.

use crate::columns::{AsJson, Row};
use crate::sql::{execute, execute_each, fetch_all, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{BranchId, ComputerId, CoreId, PrinterId};
use fastops_domain::lane::LaneFacts;
use fastops_domain::owner::{Claim, Lease};
use fastops_domain::station::PrinterAddress;
use serde::Serialize;

statements! {
    SIGN: each {
        sqlite:
            "INSERT INTO computer (id, branch_id, name, core_id, alive_until)
             VALUES ($1, $2, $3, $4, CAST(unixepoch('subsec') * 1000 AS INTEGER) + $5)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, core_id = excluded.core_id,
                 alive_until = excluded.alive_until",
        postgres:
            "INSERT INTO computer (id, branch_id, name, core_id, alive_until)
             VALUES ($1, $2, $3, $4, (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT + $5)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, core_id = excluded.core_id,
                 alive_until = excluded.alive_until",
    };
    // What was freed stays free for whoever is better.
    RENEW_PRINTERS: each {
        sqlite:
            "UPDATE printer_lease SET lease_until = CAST(unixepoch('subsec') * 1000 AS INTEGER) + $2
             WHERE core_id = $1 AND lease_until > 0",
        postgres:
            "UPDATE printer_lease SET lease_until = (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT + $2
             WHERE core_id = $1 AND lease_until > 0",
    };
    TAKE: each {
        sqlite:
            "INSERT INTO printer_lease (printer_id, core_id, lease_until, lane)
             VALUES ($1, $2, CAST(unixepoch('subsec') * 1000 AS INTEGER) + $4, '{}')
             ON CONFLICT (printer_id) DO UPDATE SET core_id = excluded.core_id, lease_until = excluded.lease_until
             WHERE printer_lease.core_id = $2 OR printer_lease.core_id = $3
                OR (printer_lease.lease_until - CAST(unixepoch('subsec') * 1000 AS INTEGER)) NOT BETWEEN 1 AND $4",
        postgres:
            "INSERT INTO printer_lease (printer_id, core_id, lease_until, lane)
             VALUES ($1, $2, (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT + $4, '{}')
             ON CONFLICT (printer_id) DO UPDATE SET core_id = excluded.core_id, lease_until = excluded.lease_until
             WHERE printer_lease.core_id = $2 OR printer_lease.core_id = $3
                OR (printer_lease.lease_until - (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT)
                    NOT BETWEEN 1 AND $4",
    };
    RELEASE: both "UPDATE printer_lease SET lease_until = 0 WHERE printer_id = $1 AND core_id = $2";
    RELEASE_ALL: both "UPDATE printer_lease SET lease_until = 0 WHERE core_id = $1";
    SIGN_OFF: both "UPDATE computer SET alive_until = 0 WHERE core_id = $1";
    STANDINGS: each {
        sqlite:
            "SELECT printer.id AS printer_id, address, core_id, asked, COALESCE(lane, '{}') AS lane,
                    lease_until - CAST(unixepoch('subsec') * 1000 AS INTEGER) AS left_ms,
                    EXISTS (SELECT 1 FROM printer_owner WHERE printer_owner.printer_id = printer.id) AS owned,
                    (SELECT position FROM printer_owner
                     WHERE printer_owner.printer_id = printer.id AND computer_id = $2) AS place,
                    (SELECT MIN(position) FROM printer_owner JOIN computer ON computer.id = computer_id
                     WHERE printer_owner.printer_id = printer.id AND computer_id <> $2
                       AND (alive_until - CAST(unixepoch('subsec') * 1000 AS INTEGER)) BETWEEN 1 AND $3) AS best_other
             FROM printer LEFT JOIN printer_lease ON printer_lease.printer_id = printer.id
             WHERE printer.branch_id = $1 ORDER BY printer.id",
        postgres:
            "SELECT printer.id AS printer_id, address, core_id, asked, COALESCE(lane, '{}'::JSONB) AS lane,
                    lease_until - (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT AS left_ms,
                    EXISTS (SELECT 1 FROM printer_owner WHERE printer_owner.printer_id = printer.id) AS owned,
                    (SELECT position FROM printer_owner
                     WHERE printer_owner.printer_id = printer.id AND computer_id = $2) AS place,
                    (SELECT MIN(position) FROM printer_owner JOIN computer ON computer.id = computer_id
                     WHERE printer_owner.printer_id = printer.id AND computer_id <> $2
                       AND (alive_until - (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT)
                           BETWEEN 1 AND $3) AS best_other
             FROM printer LEFT JOIN printer_lease ON printer_lease.printer_id = printer.id
             WHERE printer.branch_id = $1 ORDER BY printer.id",
    };
    TELL: each {
        sqlite: "UPDATE printer_lease SET lane = $3 WHERE printer_id = $1 AND core_id = $2",
        postgres:
            "UPDATE printer_lease SET lane = told.lane
             FROM jsonb_to_recordset($2) AS told (printer UUID, lane JSONB)
             WHERE printer_id = told.printer AND core_id = $1",
    };
    ASK: both "UPDATE printer_lease SET asked = $2 WHERE printer_id = $1";
    ANSWER: both "UPDATE printer_lease SET asked = NULL WHERE printer_id = $1 AND core_id = $2 AND asked = $3";
    COMPUTERS: each {
        sqlite:
            "SELECT id, name, core_id,
                    (alive_until - CAST(unixepoch('subsec') * 1000 AS INTEGER)) BETWEEN 1 AND $2 AS alive
             FROM computer WHERE branch_id = $1 ORDER BY name, id",
        postgres:
            "SELECT id, name, core_id,
                    (alive_until - (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT) BETWEEN 1 AND $2 AS alive
             FROM computer WHERE branch_id = $1 ORDER BY name, id",
    };
    OWNERS: both
        "SELECT printer_id, computer_id FROM printer_owner JOIN printer ON printer.id = printer_id
         WHERE branch_id = $1 ORDER BY printer_id, position";
    DISOWN: both "DELETE FROM printer_owner WHERE printer_id = $1";
    OWN: each {
        sqlite: "INSERT INTO printer_owner (printer_id, position, computer_id) VALUES ($1, $2, $3)",
        postgres:
            "INSERT INTO printer_owner (printer_id, position, computer_id)
             SELECT $1, position - 1, computer::UUID
             FROM jsonb_array_elements_text($2) WITH ORDINALITY AS heir (computer, position)",
    };
}

/// A computer of the branch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Computer {
    pub id: ComputerId,
    pub name: String,
    /// The core that works there, or did last.
    pub core: CoreId,
    /// Whether it gives signs of life.
    pub alive: bool,
}

/// Who a core is, and on which terms it has printers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    pub branch: BranchId,
    pub core: CoreId,
    pub computer: ComputerId,
    /// What people call the computer.
    pub name: String,
    /// How long a printer stays a core's own without a sign of life, in milliseconds of the database's clock.
    pub lease_ms: i64,
}

/// What a person wants of the breaker of a printer that another core drives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    Open,
    Closed,
}

impl Asked {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Open, Self::Closed].into_iter().find(|asked| asked.code() == code)
    }
}

/// How things stand at one printer, as one core sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub printer: PrinterId,
    pub claim: Claim,
    /// The core that has it, or had it last.
    pub holder: Option<CoreId>,
    /// How long the lease still lasts, in milliseconds; negative when it has ended.
    pub left_ms: i64,
    /// What its core tells of the lane.
    pub lane: LaneFacts,
    pub asked: Option<Asked>,
}

/// A sign of life of a core and its computer: every printer that it drives stays its own from now on.
pub async fn sign(tx: &mut Tx, holder: &Holder) -> Result<(), StoreError> {
    execute!(tx, SIGN, holder.computer, holder.branch, &holder.name, holder.core, holder.lease_ms)?;
    execute!(tx, RENEW_PRINTERS, holder.core, holder.lease_ms).map(drop)
}

/// Frees every printer of a core and says that its computer is gone: what a clean end does.
pub async fn sign_off(tx: &mut Tx, core: CoreId) -> Result<(), StoreError> {
    execute!(tx, RELEASE_ALL, core)?;
    execute!(tx, SIGN_OFF, core).map(drop)
}

/// How things stand at every printer of the branch.
pub async fn standings(tx: &mut Tx, me: &Holder) -> Result<Vec<Standing>, StoreError> {
    let (core, lease_ms) = (me.core, me.lease_ms);
    fetch_all!(
        tx,
        STANDINGS,
        |row: &Row<'_>| standing(row, core, lease_ms),
        me.branch,
        me.computer,
        lease_ms
    )
}

/// Takes a printer that is nobody's, or that `before` had; false when another core has it.
pub async fn take(
    tx: &mut Tx,
    me: &Holder,
    before: Option<CoreId>,
    printer: PrinterId,
) -> Result<bool, StoreError> {
    Ok(execute!(tx, TAKE, printer, me.core, before, me.lease_ms)? == 1)
}

/// Frees a printer, if it is still `core`'s.
pub async fn release(tx: &mut Tx, core: CoreId, printer: PrinterId) -> Result<(), StoreError> {
    execute!(tx, RELEASE, printer, core).map(drop)
}

/// Tells what lanes are like; of a printer that is no longer `core`'s nothing.
pub async fn tell(tx: &mut Tx, core: CoreId, lanes: &[(PrinterId, LaneFacts)]) -> Result<(), StoreError> {
    let told: Vec<Told> = lanes.iter().map(|(printer, lane)| Told { printer: *printer, lane: *lane }).collect();
    execute_each!(
        tx,
        TELL,
        &told,
        sqlite: |told| [told.printer, core, AsJson(&told.lane)],
        postgres: [core, AsJson(&told)],
    )
    .map(drop)
}

/// What a lane is like, on its way into the database.
#[derive(Serialize)]
struct Told {
    printer: PrinterId,
    lane: LaneFacts,
}

/// Leaves word for whoever drives a printer; false when nobody ever did.
pub async fn ask(tx: &mut Tx, printer: PrinterId, asked: Asked) -> Result<bool, StoreError> {
    Ok(execute!(tx, ASK, printer, asked.code())? == 1)
}

/// Takes the word away that was left for `core`; false when it is another by now.
pub async fn answer(tx: &mut Tx, core: CoreId, printer: PrinterId, asked: Asked) -> Result<bool, StoreError> {
    Ok(execute!(tx, ANSWER, printer, core, asked.code())? == 1)
}

/// The computers of a branch by name.
pub async fn computers(tx: &mut Tx, branch: BranchId, lease_ms: i64) -> Result<Vec<Computer>, StoreError> {
    fetch_all!(
        tx,
        COMPUTERS,
        |row: &Row<'_>| Ok(Computer {
            id: row.get("id")?,
            name: row.get("name")?,
            core: row.get("core_id")?,
            alive: row.get("alive")?,
        }),
        branch,
        lease_ms
    )
}

/// The computers that each printer belongs to, the owner first.
pub async fn owners(tx: &mut Tx, branch: BranchId) -> Result<Vec<(PrinterId, ComputerId)>, StoreError> {
    fetch_all!(tx, OWNERS, |row: &Row<'_>| Ok((row.get("printer_id")?, row.get("computer_id")?)), branch)
}

/// Says to which computers a printer belongs from now on, the owner first; to none, and it is anybody's.
pub async fn set_owners(
    tx: &mut Tx,
    printer: PrinterId,
    computers: &[ComputerId],
) -> Result<(), StoreError> {
    execute!(tx, DISOWN, printer)?;
    let places: Vec<(u32, ComputerId)> = (0..).zip(computers.iter().copied()).collect();
    execute_each!(
        tx,
        OWN,
        &places,
        sqlite: |place| [printer, place.0, place.1],
        postgres: [printer, AsJson(&computers)],
    )
    .map(drop)
}

fn standing(row: &Row<'_>, me: CoreId, lease_ms: i64) -> Result<Standing, StoreError> {
    let (holder, left_ms): (Option<CoreId>, Option<i64>) = (row.get("core_id")?, row.get("left_ms")?);
    let (address, asked): (PrinterAddress, Option<String>) = (row.get("address")?, row.get("asked")?);
    let left_ms = left_ms.unwrap_or(-1);
    let lease = match holder {
        Some(core) if (1..=lease_ms).contains(&left_ms) => {
            if core == me { Lease::Mine } else { Lease::Others }
        }
        _ => Lease::Free,
    };
    let (place, best_other) = (row.get("place")?, row.get("best_other")?);
    Ok(Standing {
        printer: row.get("printer_id")?,
        claim: Claim { local: address.is_local(), owned: row.get("owned")?, place, best_other, lease },
        holder,
        left_ms,
        lane: row.json("lane")?,
        asked: asked.and_then(|code| Asked::from_code(&code)),
    })
}
