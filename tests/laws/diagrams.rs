//! Law: the diagrams of the states show each step that the rules allow, and none that they refuse.

use fastops_domain::breaker::{Breaker, BreakerEvent, OPEN_MS};
use fastops_domain::chain::{self, GRACE_MS, Health};
use fastops_domain::handing::{HandEvent, Handing, Stage, say};
use fastops_domain::job::{Cause, JobEvent, JobKind, JobProgress, JobState, RetryPolicy};
use fastops_domain::order::{Left, OrderStatus, OrderType, TicketProgress, status};
use fastops_domain::ticket::{TicketEvent, TicketState};
use fastops_domain::time::Time;
use fastops_domain::turbo::{Turbo, TurboEvent};
use fastops_domain::workers::{Choice, Load, Profile, Reason, Workers};
use fastops_domain::{job, ticket};
use std::collections::BTreeSet;

const DIAGRAMS: &str = include_str!("../../docs/state-machines.md");

type Steps = BTreeSet<(String, String)>;

fn section(heading: &str) -> &'static str {
    let (_, section) = DIAGRAMS.split_once(heading).unwrap_or_else(|| panic!("there is no {heading}"));
    section.split("\n## ").next().unwrap()
}

/// The steps that the diagram under a heading shows.
fn drawn(heading: &str) -> Steps {
    let (_, diagram) = section(heading).split_once("```mermaid").unwrap();
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
fn of_handing_over() {
    let step = |from: Stage, to: Stage| (from.code().to_owned(), to.code().to_owned());
    let mut steps = Steps::from([step(Stage::Making, Stage::Ready), step(Stage::Ready, Stage::Making)]);
    for from in Stage::ALL {
        let does = |event| say(OrderType::Delivery, from, event) == Handing::Changed;
        if does(HandEvent::HandOver) {
            steps.insert(step(from, Stage::HandedOver));
        }
        if does(HandEvent::TakeBack) {
            steps.extend([step(from, Stage::Making), step(from, Stage::Ready)]);
        }
        if from != Stage::Over {
            steps.insert(step(from, Stage::Over));
        }
    }
    assert_eq!(drawn("## Handing an order over"), steps);
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

fn step(from: impl Into<String>, to: impl Into<String>) -> (String, String) {
    (from.into(), to.into())
}

#[test]
fn of_a_breaker() {
    const NOW: Time = Time(1_000_000);
    let name = |breaker| match breaker {
        Breaker::Closed { .. } => "closed",
        Breaker::Open { until: Some(_) } => "open",
        Breaker::Open { until: None } => "open_by_hand",
        Breaker::HalfOpen { .. } => "half_open",
    };
    let closed = (0..5).map(|failures| Breaker::Closed { failures });
    let half = (1..3).map(|successes| Breaker::HalfOpen { successes });
    let open = [None, Some(NOW), Some(NOW.plus_ms(OPEN_MS))].map(|until| Breaker::Open { until });
    let mut allowed = Steps::new();
    for from in closed.chain(half).chain(open) {
        for event in [
            BreakerEvent::Success,
            BreakerEvent::Failure,
            BreakerEvent::OpenByHand,
            BreakerEvent::CloseByHand,
        ] {
            let to = from.next(event, NOW);
            // Nothing happens to one that a hand holds open, or opens again.
            if !(name(from) == "open_by_hand" && from == to) {
                allowed.insert(step(name(from), name(to)));
            }
        }
    }
    // A hand may also close one that is open: the diagram says it of the one that only a hand closes.
    allowed.remove(&step("open", "closed"));
    assert_eq!(drawn("## Circuit breaker"), allowed);
}

#[test]
fn of_turbo() {
    let name = |turbo| match turbo {
        Turbo::Off => "off",
        Turbo::ByLoad => "by_load",
        Turbo::ByHand { met_load: false } => "by_hand",
        Turbo::ByHand { met_load: true } => "met_load",
    };
    let loads = [(31, 0), (5, 10_001), (4, 3_000), (4, 2_999)];
    let loads = loads.map(|(waiting, average_ms)| TurboEvent::Load { waiting, average_ms });
    let mut allowed = Steps::new();
    for from in
        [Turbo::Off, Turbo::ByLoad, Turbo::ByHand { met_load: false }, Turbo::ByHand { met_load: true }]
    {
        for event in loads.into_iter().chain([TurboEvent::TurnOn, TurboEvent::TurnOff]) {
            let to = from.next(event);
            if from != to {
                allowed.insert(step(name(from), name(to)));
            }
        }
    }
    assert_eq!(drawn("## Turbo"), allowed);
}

#[test]
fn of_the_workers() {
    let name = |workers: Workers| match (workers.reason, workers.fixed) {
        (Reason::Turbo, _) => "all",
        (_, Some(_)) => "by_hand",
        (_, None) => "by_load",
    };
    let loads = [0, 10, 16].into_iter().flat_map(|waiting| {
        [(false, false), (true, false), (false, true)].map(|(starved, turbo)| Load {
            waiting,
            starved,
            turbo,
        })
    });
    let loads: Vec<Load> = loads.collect();
    let choices = [None, Some(2), Some(7)].map(|workers| Choice { profile: Profile::Automatic, workers });
    let by_load = Workers::new(Profile::Automatic);
    let turbo = |workers: Workers| workers.after(Load { waiting: 0, starved: false, turbo: true });
    let by_hand = by_load.by_hand(Some(4));
    let mut allowed = Steps::new();
    for from in [by_load, by_hand, turbo(by_load), turbo(by_hand)] {
        for load in &loads {
            let to = from.after(*load);
            // All of them work while it lasts, and a hand's number is not moved.
            if to != from {
                allowed.insert(step(name(from), name(to)));
            }
        }
        // What is chosen in turbo is what comes after it.
        for choice in choices.iter().filter(|_| name(from) != "all") {
            allowed.insert(step(name(from), name(from.chosen(*choice))));
        }
    }
    assert_eq!(drawn("## Workers"), allowed);
}

#[test]
fn of_a_target() {
    const NOW: Time = Time(1_000_000);
    let name = |health| match health {
        Health::Well => "well",
        Health::Unsteady => "unsteady",
        Health::Out => "out",
    };
    let breakers = [Breaker::default(), Breaker::Open { until: None }];
    let since = |ms: i64, cause| Some((cause, NOW.plus_ms(-ms)));
    let troubles =
        [None, since(0, Cause::PaperOut), since(GRACE_MS, Cause::PaperOut), since(0, Cause::NoScreen)];
    let facts = breakers.iter().flat_map(|breaker| troubles.map(|trouble| (*breaker, trouble)));
    let healths = facts.map(|(breaker, trouble)| name(chain::health(breaker, trouble, NOW)));
    let reached: BTreeSet<String> = healths.map(str::to_owned).collect();
    let shown = drawn("## Chain of targets");
    assert_eq!(shown.iter().map(|(from, _)| from.clone()).collect::<BTreeSet<_>>(), reached);
    assert!(!shown.contains(&step("out", "unsteady")), "what is out comes back when it works");
}

/// The table of an order with one ticket is what the rule says, and of two tickets the worse news wins.
#[test]
fn of_an_order() {
    let told = |ticket: TicketProgress| status(false, Left::Lines, &[ticket]);
    let name = |status: OrderStatus| format!("{status:?}").to_lowercase();
    let rows = JobState::ALL.map(|job| {
        let told = TicketState::ALL.map(|ticket| name(told(TicketProgress { ticket, job })));
        format!("| {} | {} |", job.code(), told.join(" | "))
    });
    for row in rows {
        assert!(section("## Order (").contains(&row), "the table lacks {row}");
    }

    let all = JobState::ALL
        .into_iter()
        .flat_map(|job| TicketState::ALL.map(|ticket| TicketProgress { ticket, job }));
    let all: Vec<TicketProgress> = all.collect();
    for one in &all {
        for other in &all {
            let both = status(false, Left::Lines, &[*one, *other]);
            assert_eq!(both, status(false, Left::Lines, &[*other, *one]), "in whichever order");
            assert_eq!(both, worse(*one, *other, told), "{one:?} {other:?}");
        }
    }
}

fn worse(
    one: TicketProgress,
    other: TicketProgress,
    told: impl Fn(TicketProgress) -> OrderStatus,
) -> OrderStatus {
    use OrderStatus::{Blocked, Preparing, Printed, Printing, Queued, Ready, Received, Sent};
    if one.ticket == TicketState::Cancelled {
        return told(other);
    }
    if other.ticket == TicketState::Cancelled {
        return told(one);
    }
    let both = [told(one), told(other)];
    let begun = both.contains(&Ready) || both.contains(&Preparing);
    let first = |news: [OrderStatus; 3]| news.into_iter().find(|news| both.contains(news));
    if let Some(bad) = first([Blocked, Queued, Printing]) {
        return bad;
    }
    match both {
        [Ready, Ready] => Ready,
        _ if begun => Preparing,
        _ => first([Received, Sent, Printed]).unwrap(),
    }
}

#[test]
fn of_the_pauses() {
    let policy = RetryPolicy::default();
    for (attempt, name) in (1..).zip(["1st", "2nd", "3rd", "4th"]) {
        let said = format!("the {name} attempt breaks, again in {} s", policy.pause_after(attempt) / 1_000);
        assert!(section("## Retry").contains(&said), "{said}");
    }
    assert_eq!(policy.pause_after(5), policy.pause_after(4));
    assert_eq!(policy.pause_after(99), policy.pause_after(4));
}
