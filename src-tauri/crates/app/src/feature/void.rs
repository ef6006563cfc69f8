//! Taking a line back.
//!
//! What is not on paper yet is taken off its ticket, so that one paper comes out instead of two; what
//! is, or may be, gets a void ticket of its own, which never overtakes the ticket that it changes. The ticket
//! itself may be printed once more, by itself or by a person: from now on it says that the line is void. Where not all
//! units of a line are taken back, those that are become a line of their own first.

use crate::catalogue::Facts;
use crate::feature::lines::{self, combo_name, stays_in_combo};
use crate::feature::order::{self, Taken};
use crate::feature::order_view;
use crate::feature::piece::{self, TakenOff};
use crate::feature::station_work::{self, Part, ticket_line};
use crate::feature::stock::Returned;
use crate::once::{self, once};
use crate::refusal::{Field, Refusal};
use crate::wire::{LineView, OrderView, VoidLine};
use crate::{Actor, App, Command as _, Who};
use fastops_domain::hold::LineState;
use fastops_domain::ids::{CommandId, LineId, OrderEventId, OrderId, StockMoveId};
use fastops_domain::job::{JobEvent, JobKind, JobProgress, JobState, RetryPolicy, next};
use fastops_domain::order::{OrderLine, total};
use fastops_domain::stock::{MoveKind, Quantity};
use fastops_domain::ticket::{TicketContent, TicketEvent, TicketKind, TicketLine, TicketState};
use fastops_domain::time::Time;
use fastops_store::audit::AuditRow;
use fastops_store::job::{JobChange, JobRow};
use fastops_store::order::moves::Change;
use fastops_store::order::{LineVoid, OrderRow};
use fastops_store::stock::{Move, Posting, Taken as TakenStock};
use fastops_store::ticket::TicketRow;
use fastops_store::{StoreError, Tx, audit, job, order as orders, stock, ticket};
use std::sync::Arc;
use uuid::Uuid;

/// One void, with everything that its transaction needs.
#[derive(Clone)]
struct Voiding {
    order: OrderId,
    line: LineId,
    /// How many units of it; all of them when nobody said.
    units: Option<i64>,
    reason: String,
    command: CommandId,
    actor: Actor,
    now: Time,
    facts: Arc<Facts>,
    app: App,
    audit_id: Uuid,
}

pub(crate) async fn void_line(app: &App, who: &Who, request: VoidLine) -> Result<OrderView, Refusal> {
    let reason = lines::text(Some(&request.reason), Field::Reason)?;
    let reason = reason.ok_or(Refusal::OutOfBounds { field: Field::Reason, least: 1, most: 200 })?;
    let actor = who.actor()?;
    let voiding = Voiding {
        order: OrderId(request.order_id),
        line: LineId(request.line_id),
        units: request.quantity,
        reason,
        command: CommandId(request.command_id),
        actor: actor.clone(),
        now: app.env.now(),
        facts: app.catalogue.facts().await?,
        app: app.clone(),
        audit_id: app.env.new_id(),
    };
    let (command, now) = (voiding.command, voiding.now);
    let taken = once(app, actor, command, VoidLine::NAME, now, move |tx| {
        let voiding = voiding.clone();
        Box::pin(async move { voiding.run(tx).await })
    })
    .await?;
    let view = once::done(order_view::order_view(app, taken.outcome.order).await)?;
    if taken.fresh {
        app.announce(&taken.outcome);
        let line = LineId(request.line_id);
        let read = app.store.read::<_, Refusal, _>(move |tx| {
            Box::pin(async move { Ok(ticket::tickets_around_line(tx, line).await?) })
        });
        let tickets = once::done(read.await)?;
        let gone = |one: &LineView| one.id == line.0 || one.combo_line_id == Some(line.0);
        let gone: Vec<Uuid> = view.lines.iter().filter(|one| gone(one)).map(|one| one.id).collect();
        let changed = |ticket: &&TicketRow| {
            ticket.content.lines.iter().any(|line| gone.contains(&line.line.0))
                || ticket.state == TicketState::Cancelled
        };
        for ticket in tickets.iter().filter(changed) {
            app.announce_ticket(ticket);
        }
    }
    Ok(view)
}

/// A ticket that told a station about lines that are taken back, with its printings, the first of them first.
struct Told {
    ticket: TicketRow,
    jobs: Vec<JobRow>,
    lines: Vec<OrderLine>,
}

impl Told {
    fn names(&self, line: LineId) -> bool {
        self.lines.iter().any(|one| one.id == line)
    }
}

impl Voiding {
    async fn run(&self, tx: &mut Tx) -> Result<Taken, Refusal> {
        let (row, revision) = order::revise(tx, &self.facts, self.order).await?;
        let lines = orders::lines(tx, self.order).await?;
        let line = lines.iter().find(|line| line.id == self.line).ok_or(Refusal::UnknownLine)?;
        if line.voided {
            return Err(Refusal::LineAlreadyVoided { product: line.name.clone() });
        }
        stays_in_combo(line, &lines, |_| false)?;
        let units = self.units.unwrap_or(line.quantity);
        match piece::take_off(tx, &self.app, &self.change(), self.order, &lines, line, units).await? {
            None => self.take_back(tx, (row, revision), &lines, None).await,
            Some(off) => {
                let piece = Self { line: off.line, ..self.clone() };
                let lines = orders::lines(tx, self.order).await?;
                let renamed = off.told.clone();
                let taken = piece.take_back(tx, (row, revision), &lines, Some(off)).await?;
                Ok(Taken { renamed, ..taken })
            }
        }
    }

    fn change(&self) -> Change {
        Change {
            event: OrderEventId(self.app.env.new_id()),
            at: self.now,
            user: self.actor.user(),
            terminal: self.actor.live.terminal.id,
            command: self.command,
        }
    }

    /// Takes back all of the line.
    async fn take_back(
        &self,
        tx: &mut Tx,
        (row, revision): (OrderRow, u32),
        lines: &[OrderLine],
        off: Option<TakenOff>,
    ) -> Result<Taken, Refusal> {
        let line = lines.iter().find(|line| line.id == self.line).ok_or(Refusal::UnknownLine)?;
        let gone: Vec<OrderLine> =
            lines.iter().filter(|one| one.belongs_to(self.line) && !one.voided).cloned().collect();
        self.record(tx, line, &gone).await?;
        let (untouched, may_be_made): (Vec<Told>, Vec<Told>) =
            self.told(tx, &gone).await?.into_iter().partition(|told| untouched(&told.ticket, &told.jobs));
        for told in untouched {
            self.take_off(tx, told).await?;
        }
        let written = match may_be_made.first() {
            Some(told) => {
                let (row, revision) = self.teller(tx, &told.ticket, row, revision).await?;
                let heading = order::heading(&self.facts, &row, &self.actor, revision);
                let parts = may_be_made.iter().map(|told| Ok((self.part(told, lines)?, TicketKind::Void)));
                let parts = parts.collect::<Result<Vec<_>, Refusal>>()?;
                self.strike(tx, &may_be_made).await?;
                station_work::write(tx, &self.app.env, &heading, &parts).await?.written
            }
            None => Vec::new(),
        };
        self.give_back(tx, &gone, &may_be_made, off).await?;
        Ok(Taken { written, held: line.is_held(), ..Taken::nothing(self.order) })
    }

    /// The fact and its audit row, in the same transaction: one act, also when a combo takes its parts with it.
    async fn record(&self, tx: &mut Tx, line: &OrderLine, gone: &[OrderLine]) -> Result<(), Refusal> {
        let (user, at) = (self.actor.user(), self.now);
        let void = LineVoid {
            line: self.line,
            order: self.order,
            reason: self.reason.clone(),
            user,
            at,
            command: self.command,
        };
        orders::insert_void(tx, &void).await?;
        let mut detail = serde_json::json!({
            "order": self.order.0, "product": line.name, "quantity": line.quantity,
            "amount_minor": total(gone)?.total.0, "reason": self.reason,
        });
        if gone.len() > 1 {
            let parts = gone.iter().filter(|one| one.combo.is_some());
            detail["parts"] = parts.map(|part| part.name.as_str()).collect();
        }
        let row = AuditRow {
            id: self.audit_id,
            branch: self.facts.branch.id,
            at,
            user: Some(user),
            terminal: Some(self.actor.live.terminal.id),
            action: VoidLine::NAME.into(),
            subject_kind: "order_line".into(),
            subject: self.line.0,
            detail: self.actor.told(detail),
        };
        Ok(audit::insert_audit(tx, &row).await?)
    }

    /// Takes the sale back in the ledger. What its station may have made already does not come back to the
    /// shelf: as soon as it is back in the ledger it is thrown away there.
    async fn give_back(
        &self,
        tx: &mut Tx,
        gone: &[OrderLine],
        may_be_made: &[Told],
        off: Option<TakenOff>,
    ) -> Result<(), Refusal> {
        let not_made = gone.iter().filter(|line| !may_be_made.iter().any(|told| told.names(line.id)));
        let returned = Returned::hold(tx, &self.facts, not_made).await?;
        let (taken, mut moves) = match off {
            Some(off) => (off.taken, off.moves),
            None => (stock::taken_by(tx, self.line).await?, Vec::new()),
        };
        let again = |kind: MoveKind, taken: &TakenStock, quantity: Quantity| Move {
            id: StockMoveId(self.app.env.new_id()),
            location: taken.location,
            item: taken.item,
            quantity,
            kind,
            line: Some(taken.line),
            reason: Some(self.reason.clone()),
        };
        moves.extend(taken.iter().map(|taken| again(MoveKind::Void, taken, taken.quantity.reversed())));
        let wasted = taken.iter().filter(|taken| may_be_made.iter().any(|told| told.names(taken.line)));
        moves.extend(wasted.map(|taken| again(MoveKind::Waste, taken, taken.quantity)));
        if !moves.is_empty() {
            let by = Posting { command: self.command, user: self.actor.user(), at: self.now };
            stock::post(tx, by, &moves).await?;
        }
        Ok(returned.give_back(tx).await?)
    }

    /// The tickets that told stations about lines; of what is held none did. All stand around the same orders: a combo
    /// is typed, fired and moved whole.
    async fn told(&self, tx: &mut Tx, gone: &[OrderLine]) -> Result<Vec<Told>, Refusal> {
        let known = |line: &&OrderLine| LineState::of(line).may_be_known();
        if gone.iter().all(|line| !known(&line)) {
            return Ok(Vec::new());
        }
        let mut all = Vec::new();
        for ticket in ticket::tickets_around_line(tx, self.line).await? {
            let is_told = |line: &&OrderLine| ticket.content.lines.iter().any(|told| told.line == line.id);
            let news = |line: &&OrderLine| !all.iter().any(|told: &Told| told.names(line.id));
            let lines = gone.iter().filter(known).filter(is_told).filter(news);
            let lines: Vec<OrderLine> = lines.cloned().collect();
            if ticket.kind == TicketKind::Void || lines.is_empty() {
                continue;
            }
            let jobs = job::jobs_of_ticket(tx, ticket.id).await?;
            if jobs.first().is_some_and(|job| job.copy == 0) {
                all.push(Told { ticket, jobs, lines });
            }
        }
        Ok(all)
    }

    /// The order whose next revision tells the station: of a line that has moved, the one in which it was
    /// typed, since the cook knows that number and papers keep their order within an order.
    async fn teller(
        &self,
        tx: &mut Tx,
        told: &TicketRow,
        row: OrderRow,
        revision: u32,
    ) -> Result<(OrderRow, u32), Refusal> {
        if told.order == self.order {
            return Ok((row, revision));
        }
        let first = orders::order(tx, told.order).await?.ok_or(Refusal::UnknownOrder)?;
        Ok((first, orders::count_revision(tx, told.order).await?))
    }

    /// Takes the lines off a ticket of which no byte was sent; an empty ticket is cancelled.
    ///
    /// The guarded step on the job comes first: it fails, or holds the printing off until the commit.
    async fn take_off(&self, tx: &mut Tx, told: Told) -> Result<(), Refusal> {
        let Some(job) = told.jobs.first() else { return Ok(()) };
        let stays = |line: &&TicketLine| !told.names(line.line);
        let lines: Vec<TicketLine> = told.ticket.content.lines.iter().filter(stays).cloned().collect();
        let ticket = told.ticket;
        let nothing_left = lines.is_empty();
        let event = match job.progress.state {
            JobState::Failed => JobEvent::Clear,
            _ => JobEvent::Cancel,
        };
        let to: JobProgress = if nothing_left && job.progress.state != JobState::Cancelled {
            next(JobKind::Kitchen, job.progress, event, self.now, &RetryPolicy::default())
                .map_err(|_| Refusal::TicketMoved { number: ticket.number })?
        } else {
            job.progress
        };
        // One that was given up is never printed again.
        if job.progress.state != JobState::Cancelled {
            job::advance(tx, job.id, job.progress.state, &to, &JobChange::default()).await?;
        }
        // Only now is it certain that nobody else gives the ticket other words.
        let held = ticket::ticket(tx, ticket.id).await?;
        if held.is_none_or(|held| held.content != ticket.content || held.state != ticket.state) {
            return Err(StoreError::Stale { what: "the ticket" }.into());
        }
        if nothing_left {
            let to = fastops_domain::ticket::next(ticket.state, TicketEvent::Cancel)
                .map_err(|_| Refusal::TicketMoved { number: ticket.number })?;
            let by = Some(self.actor.user());
            ticket::move_ticket(tx, ticket.id, ticket.state, to, self.now, by).await?;
        } else {
            let content = TicketContent { lines, ..ticket.content };
            ticket::rewrite_contents(tx, &[(ticket.id, content)]).await?;
        }
        Ok(())
    }

    /// Says on every ticket that told of lines that they are void: nobody is to make them of a repeat or a reprint.
    ///
    /// Whoever gives a ticket other words has its order's row until the commit, as this void has.
    async fn strike(&self, tx: &mut Tx, gone: &[Told]) -> Result<(), Refusal> {
        let is_gone = |line: &TicketLine| gone.iter().any(|told| told.names(line.line));
        let mut struck = Vec::new();
        for ticket in ticket::tickets_around_line(tx, self.line).await? {
            let mut content = ticket.content;
            let mut is_told = false;
            for line in content.lines.iter_mut().filter(|line| is_gone(line) && !line.voided) {
                (line.voided, line.void_reason, is_told) = (true, Some(self.reason.clone()), true);
            }
            if is_told {
                struck.push((ticket.id, content));
            }
        }
        Ok(ticket::rewrite_contents(tx, &struck).await?)
    }

    /// A line as its station reads that it is not wanted.
    fn gone(&self, line: &OrderLine, there: &[OrderLine]) -> TicketLine {
        let line = ticket_line(line, combo_name(line, there), true);
        TicketLine { void_reason: Some(self.reason.clone()), ..line }
    }

    fn part(&self, told: &Told, there: &[OrderLine]) -> Result<Part, Refusal> {
        let station = self.facts.maker(told.ticket.station).ok_or(Refusal::UnknownStation)?;
        let printer = self.app.target(&self.facts, station.id, Some(self.actor.live.terminal.id));
        let printer = printer.ok_or_else(|| Refusal::NoRoute { station: station.name.clone() })?;
        Ok(Part {
            station: station.id,
            station_name: station.name.clone(),
            printer,
            lines: told.lines.iter().map(|line| self.gone(line, there)).collect(),
            preparation_minutes: told.ticket.content.preparation_minutes,
            moved: None,
            fired: None,
        })
    }
}

/// Whether neither a paper nor a kitchen screen can have told the cook yet: of a ticket that failed, or was given up,
/// no byte went out either where it is not marked, and nobody had it reprinted.
fn untouched(ticket: &TicketRow, jobs: &[JobRow]) -> bool {
    let [job] = jobs else { return false };
    let state = job.progress.state;
    (state.is_waiting() || matches!(state, JobState::Failed | JobState::Cancelled))
        && !job.progress.possible_duplicate
        && matches!(ticket.state, TicketState::New | TicketState::Seen)
}
