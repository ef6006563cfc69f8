//! Courses: firing what is held, and how far each course of an order is.
//!
//! What is held is part of the order, is priced, and was taken out of stock when it was sent; its stations hear of it
//! when its course is fired, by a ticket of its own (P3): a revision of the order like any other, so that papers keep
//! their order (P6).

use crate::catalogue::Facts;
use crate::feature::order::{self, Taken};
use crate::feature::order_view;
use crate::feature::station_work::{self, Part};
use crate::once::{self, once};
use crate::refusal::Refusal;
use crate::wire::{CourseView, FireCourse, OrderView};
use crate::{Actor, App, Command as _, Who};
use fastops_domain::hold::{self, LineEvent, LineState, course_state};
use fastops_domain::ids::{CommandId, LineId, OrderId};
use fastops_domain::order::OrderLine;
use fastops_domain::ticket::{TicketKind, TicketState};
use fastops_domain::time::Time;
use fastops_store::order::fire::{self, Fire};
use fastops_store::ticket::TicketRow;
use fastops_store::{Tx, order as orders};
use std::collections::BTreeSet;
use std::sync::Arc;

/// One course to be fired, with everything that its transaction needs.
#[derive(Clone)]
struct Firing {
    order: OrderId,
    course: u8,
    command: CommandId,
    actor: Actor,
    now: Time,
    facts: Arc<Facts>,
    app: App,
}

pub(crate) async fn fire_course(app: &App, who: &Who, request: FireCourse) -> Result<OrderView, Refusal> {
    let actor = who.actor()?;
    let firing = Firing {
        order: OrderId(request.order_id),
        course: request.course,
        command: CommandId(request.command_id),
        actor: actor.clone(),
        now: app.env.now(),
        facts: app.catalogue.facts().await?,
        app: app.clone(),
    };
    let (command, now) = (firing.command, firing.now);
    let fired = once(app, actor, command, FireCourse::NAME, now, move |tx| {
        let firing = firing.clone();
        Box::pin(async move { firing.run(tx).await })
    })
    .await?;
    if fired.fresh {
        app.announce(&fired.outcome);
    }
    once::done(order_view::order_view(app, fired.outcome.order).await)
}

impl Firing {
    /// Whoever else fires, voids or moves something of the order waits for its revision, and then finds what is done.
    async fn run(&self, tx: &mut Tx) -> Result<Taken, Refusal> {
        let (row, revision) = order::revise(tx, &self.facts, self.order).await?;
        let there = orders::lines(tx, self.order).await?;
        let fired = self.fired(&there);
        if fired.is_empty() {
            return Err(Refusal::NothingHeld { course: self.course });
        }
        let parts = self.parts(&fired)?;
        let ids: Vec<LineId> = fired.iter().map(|line| line.id).collect();
        fire::insert_fires(tx, self.order, &ids, &self.fire()).await?;
        let heading = order::heading(&self.facts, &row, &self.actor, revision);
        let told = station_work::write(tx, &self.app.env, &heading, &parts).await?;
        Ok(Taken { written: told.written, held: true, ..Taken::nothing(self.order) })
    }

    /// The lines of the course that can be fired, as they are then.
    fn fired(&self, there: &[OrderLine]) -> Vec<OrderLine> {
        let fires = |line: &&OrderLine| {
            line.course == self.course && hold::next(LineState::of(line), LineEvent::Fire).is_ok()
        };
        let at = Some(self.now);
        there.iter().filter(fires).map(|line| OrderLine { fired_at: at, ..line.clone() }).collect()
    }

    /// A ticket of its own for each station: lines of another course never share its paper.
    fn parts(&self, fired: &[OrderLine]) -> Result<Vec<(Part, TicketKind)>, Refusal> {
        let terminal = Some(self.actor.live.terminal.id);
        let target = |station| self.app.target(&self.facts, station, terminal);
        let parts = station_work::parts(&self.facts, target, fired)?;
        let of_course = |part| (Part { fired: Some(self.course), ..part }, TicketKind::New);
        Ok(parts.into_iter().map(of_course).collect())
    }

    fn fire(&self) -> Fire {
        let (user, terminal) = (self.actor.user(), self.actor.live.terminal.id);
        Fire { at: self.now, user, terminal, command: self.command }
    }
}

/// How far each course of an order is, first course first; a course of which all was taken back is none.
pub(crate) fn courses(lines: &[OrderLine], tickets: &[&TicketRow]) -> Vec<CourseView> {
    let numbers: BTreeSet<u8> = lines.iter().map(|line| line.course).collect();
    numbers.into_iter().filter_map(|course| course_view(course, lines, tickets)).collect()
}

fn course_view(course: u8, lines: &[OrderLine], tickets: &[&TicketRow]) -> Option<CourseView> {
    let mine = || lines.iter().filter(|line| line.course == course && !line.voided);
    let told = |line: &OrderLine| order_view::teller(line.id, tickets);
    let state = course_state(mine().map(|line| part(line, told(line))))?;
    let held = mine().filter(|line| line.is_held()).count();
    let since = |line: &OrderLine| line.fired_at.or_else(|| told(line).map(|ticket| ticket.created_at));
    Some(CourseView {
        course,
        state: state.into(),
        held: u32::try_from(held).unwrap_or(u32::MAX),
        told_at: mine().filter_map(since).max().map(|at| at.0),
    })
}

fn part(line: &OrderLine, told: Option<&TicketRow>) -> hold::Part {
    match told {
        _ if line.is_held() => hold::Part::Held,
        None => hold::Part::NotMade,
        Some(ticket) if ticket.state == TicketState::Ready => hold::Part::Ready,
        Some(_) => hold::Part::Making,
    }
}

/// The course that is fired next: the first of which something is held.
pub(crate) fn next_course(lines: &[OrderLine]) -> Option<u8> {
    lines.iter().filter(|line| line.is_held()).map(|line| line.course).min()
}
