//! Lines that are added while the station's ticket of the order still waits go onto that ticket: one paper
//! instead of two.

use crate::feature::station_work::Part;
use crate::refusal::Refusal;
use fastops_domain::ids::{OrderId, PrinterId, StationId, TicketId};
use fastops_domain::job::Priority;
use fastops_domain::ticket::{TicketContent, TicketKind, takes_lines};
use fastops_domain::time::Time;
use fastops_store::job::{JobRow, Rank};
use fastops_store::ticket::TicketRow;
use fastops_store::{StoreError, Tx, job, ticket};
use serde::{Deserialize, Serialize};

/// A ticket that says more than it did.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Merged {
    pub(crate) ticket: TicketId,
    pub(crate) station: StationId,
    pub(crate) printer: PrinterId,
}

/// Puts each part onto the latest ticket of its station, where that still waits untouched; answers with the
/// parts that need a ticket of their own, and with the tickets that took more. `known` are the order's tickets.
///
/// They are held first, and only then are their words changed.
pub(crate) async fn merge(
    tx: &mut Tx,
    order: OrderId,
    urgent: bool,
    parts: Vec<(Part, TicketKind)>,
    known: &mut [TicketRow],
    now: Time,
) -> Result<(Vec<(Part, TicketKind)>, Vec<Merged>), Refusal> {
    if !parts.iter().any(|(part, _)| latest(known, part.station).is_some()) {
        return Ok((parts, Vec::new()));
    }
    let jobs = job::jobs_of_order(tx, order).await?;
    let open = |part: &Part| latest(known, part.station).and_then(|at| first_printing(&known[at], &jobs));
    let targets: Vec<JobRow> = parts.iter().filter_map(|(part, _)| open(part).cloned()).collect();
    if targets.is_empty() {
        return Ok((parts, Vec::new()));
    }
    let ranks = ranks(&targets, &jobs, now);
    hold(tx, &targets, known, &ranks, async |tx| Ok(job::jobs_of_order(tx, order).await?)).await?;
    let (mut alone, mut merged, mut contents) = (Vec::new(), Vec::new(), Vec::new());
    for (part, kind) in parts {
        let target = latest(known, part.station).map(|at| &mut known[at]);
        let target = target.and_then(|row| {
            let printer = targets.iter().find(|job| job.work.ticket() == Some(row.id))?.printer;
            Some((row, printer))
        });
        let Some((row, printer)) = target else {
            alone.push((part, kind));
            continue;
        };
        let mut content = TicketContent { urgent: row.content.urgent || urgent, ..row.content.clone() };
        content.preparation_minutes = content.preparation_minutes.max(part.preparation_minutes);
        content.lines.extend(part.lines);
        contents.push((row.id, content.clone()));
        row.content = content;
        merged.push(Merged { ticket: row.id, station: row.station, printer });
    }
    ticket::rewrite_contents(tx, &contents).await?;
    Ok((alone, merged))
}

/// Ranks jobs that wait, which fails, or holds their printing off until the commit; then looks again, since only now
/// is it certain that no byte of them went out, and that `known` says what their tickets say.
pub(crate) async fn hold(
    tx: &mut Tx,
    targets: &[JobRow],
    known: &[TicketRow],
    ranks: &[Rank],
    look: impl AsyncFnOnce(&mut Tx) -> Result<Vec<JobRow>, Refusal>,
) -> Result<(), Refusal> {
    if targets.is_empty() {
        return Ok(());
    }
    job::set_ranks(tx, ranks).await?;
    let held = look(tx).await?;
    let as_before =
        |target: &JobRow| held.iter().any(|job| job.id == target.id && job.progress == target.progress);
    if !targets.iter().all(as_before) {
        return Err(StoreError::Stale { what: "the print job" }.into());
    }
    let told: Vec<TicketId> = targets.iter().filter_map(|job| job.work.ticket()).collect();
    let told = ticket::tickets(tx, &told).await?;
    let as_known = |told: &TicketRow| {
        known
            .iter()
            .any(|known| known.id == told.id && known.state == told.state && known.content == told.content)
    };
    if told.iter().all(as_known) { Ok(()) } else { Err(StoreError::Stale { what: "the ticket" }.into()) }
}

/// The last ticket that a station got of the order.
fn latest(known: &[TicketRow], station: StationId) -> Option<usize> {
    let mine = known.iter().enumerate().filter(|(_, ticket)| ticket.station == station);
    mine.max_by_key(|(_, ticket)| ticket.number).map(|(at, _)| at)
}

/// The first printing of a ticket that may take more lines; one that fires a course tells of that alone.
fn first_printing<'j>(ticket: &TicketRow, jobs: &'j [JobRow]) -> Option<&'j JobRow> {
    let job = jobs.iter().find(|job| job.work.ticket() == Some(ticket.id) && job.copy == 0)?;
    let takes = ticket.content.fired.is_none() && takes_lines(ticket.kind, ticket.state, &job.progress);
    takes.then_some(job)
}

/// A ticket that takes more goes where the change would have gone, and what it changes itself goes before it.
fn ranks(targets: &[JobRow], jobs: &[JobRow], now: Time) -> Vec<Rank> {
    let hurried = |job: &JobRow| Priority::Urgent.rank(now).min(job.rank);
    let mut ranks: Vec<Rank> = targets
        .iter()
        .map(|job| Rank { job: job.id, priority: Priority::Urgent, rank: hurried(job) })
        .collect();
    for target in targets {
        let earlier = jobs.iter().filter(|job| {
            job.work.station() == target.work.station()
                && job.revision < target.revision
                && job.progress.state.is_waiting()
        });
        ranks.extend(earlier.map(|job| Rank {
            job: job.id,
            priority: job.priority,
            rank: job.rank.min(hurried(target) - 1),
        }));
    }
    ranks
}
