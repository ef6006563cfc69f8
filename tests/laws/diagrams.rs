//! Law: the diagrams of the states show each step that the rules allow, and none that they refuse.

use fastops_domain::job::{Cause, JobEvent, JobKind, JobProgress, JobState, RetryPolicy};
use fastops_domain::ticket::{TicketEvent, TicketState};
use fastops_domain::time::Time;
use fastops_domain::{job, ticket};
use std::collections::BTreeSet;

const DIAGRAMS: &str = include_str!("../../docs/state-machines.md");

type Steps = BTreeSet<(String, String)>;

/// The steps that the diagram under a heading shows.
fn drawn(heading: &str) -> Steps {
    let (_, section) = DIAGRAMS.split_once(heading).unwrap_or_else(|| panic!("there is no {heading}"));
    let (_, diagram) = section.split_once("```mermaid").unwrap();
    let (diagram, _) = diagram.split_once("```").unwrap();
    let step = |line: &str| {
        let (from, rest) = line.trim().split_once(" --> ")?;
        let to = rest.split(':').next()?.trim();
        (from != "[*]" && to != "[*]").then(|| (from.to_owned(), to.to_owned()))
    };
    diagram.lines().filter_map(step).collect()
}

fn events() -> Vec<JobEvent> {
    let cause = Cause::LinkLost;
    let broke = [Some(0), Some(1), None].map(|bytes_accepted| JobEvent::Broke { cause, bytes_accepted });
    let retries = [false, true].map(|on_paper| JobEvent::Retry { on_paper });
    let others = [
        JobEvent::Begin,
        JobEvent::Accepted,
        JobEvent::Proved,
        JobEvent::NoProof,
        JobEvent::Obstructed(cause),
        JobEvent::Hopeless(cause),
        JobEvent::Cancel,
        JobEvent::Reroute,
        JobEvent::LateProof,
        JobEvent::CameOut,
        JobEvent::PrintAgain,
        JobEvent::PutOnSlip,
        JobEvent::OffSlip,
        JobEvent::PutBack,
        JobEvent::Clear,
    ];
    broke.into_iter().chain(retries).chain(others).collect()
}

#[test]
fn of_a_print_job() {
    let policy = RetryPolicy::default();
    let mut allowed = Steps::new();
    // What a ticket on a slip becomes is said of the slip, in whose transaction it moves.
    for to in [JobState::Printed, JobState::Unconfirmed] {
        allowed.insert((JobState::OnSlip.code().to_owned(), to.code().to_owned()));
    }
    for kind in JobKind::all() {
        for state in JobState::ALL {
            for attempts in [0, policy.quick_attempts] {
                for possible_duplicate in [false, true] {
                    let from =
                        JobProgress { state, attempts, possible_duplicate, ..JobProgress::new(Time(0)) };
                    for event in events() {
                        if let Ok(to) = job::next(kind, from, event, Time(1), &policy) {
                            allowed.insert((state.code().to_owned(), to.state.code().to_owned()));
                        }
                    }
                }
            }
        }
    }
    assert_eq!(drawn("## Print job"), allowed);
}

#[test]
fn of_a_kitchen_ticket() {
    let events = [TicketEvent::See, TicketEvent::Bump, TicketEvent::Recall, TicketEvent::Cancel];
    let mut allowed = Steps::new();
    for state in TicketState::ALL {
        for event in events {
            if let Ok(to) = ticket::next(state, event) {
                allowed.insert((state.code().to_owned(), to.code().to_owned()));
            }
        }
    }
    assert_eq!(drawn("## Kitchen ticket"), allowed);
}
