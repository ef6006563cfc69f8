//! The life of a job, pair by pair.

use super::*;
use proptest::prelude::*;

const POLICY: RetryPolicy = RetryPolicy { quick_attempts: 3, pause_ms: 2_000, blocked_pause_ms: 3_000 };

fn job(state: JobState) -> JobProgress {
    JobProgress { state, ..JobProgress::new(Time(0)) }
}

fn events() -> Vec<JobEvent> {
    let cause = Cause::LinkLost;
    vec![
        JobEvent::Begin,
        JobEvent::Accepted,
        JobEvent::Proved,
        JobEvent::NoProof,
        JobEvent::Obstructed(cause),
        JobEvent::Broke { cause, bytes_accepted: Some(0) },
        JobEvent::Broke { cause, bytes_accepted: Some(1) },
        JobEvent::Broke { cause, bytes_accepted: None },
        JobEvent::Hopeless(cause),
        JobEvent::Cancel,
        JobEvent::Reroute,
        JobEvent::LateProof,
        JobEvent::CameOut,
        JobEvent::PrintAgain,
        JobEvent::PutOnSlip,
        JobEvent::OffSlip,
        JobEvent::PutBack,
        JobEvent::Retry { on_paper: false },
        JobEvent::Retry { on_paper: true },
        JobEvent::Clear,
    ]
}

const RECEIPT: JobKind = JobKind::Paper(PaperKind::Receipt);
const DRAWER: JobKind = JobKind::Paper(PaperKind::Drawer);
const SLIP: JobKind = JobKind::Paper(PaperKind::CatchUp);

/// Every pair of state and event, as rows of what comes of it; `-` is refused. A word that differs by
/// kind of job is in the second table.
#[test]
fn all_pairs() {
    #[rustfmt::skip]
    let table = [
        //                Begin      Accepted Proved     NoProof        Obstr.     Broke 0   Broke 1   Broke ?   Hopeless  Cancel       Reroute   Late   CameOut    Again     OnSlip     OffSlip   PutBack  Retry     Retry on  Clear
        ("queued",      ["sending", "-",     "-",       "-",           "blocked", "queued", "queued", "queued", "failed", "cancelled", "queued", "-",   "-",       "-",      "on_slip", "-", "-", "-",      "-",      "-"]),
        ("sending",     ["-",       "sent",  "-",       "-",           "-",       "queued", "queued", "queued", "failed", "-",         "-",      "-",   "-",       "-",      "-",       "-", "queued", "-",      "-",      "-"]),
        ("sent",        ["-",       "-",     "printed", "unconfirmed", "-",       "queued", "queued", "queued", "-",      "-",         "-",      "-",   "-",       "-",      "-",       "-", "-", "-",      "-",      "-"]),
        ("printed",     ["-",       "-",     "-",       "-",           "-",       "-",      "-",      "-",      "-",      "-",         "-",      "-",   "-",       "-",      "-",       "-", "-", "-",      "-",      "-"]),
        ("unconfirmed", ["-",       "-",     "-",       "-",           "-",       "-",      "-",      "-",      "-",      "-",         "-",      "-",   "-",       "-",      "-",       "-", "-", "-",      "-",      "-"]),
        ("blocked",     ["sending", "-",     "-",       "-",           "blocked", "queued", "queued", "queued", "failed", "cancelled", "queued", "-",   "-",       "-",      "on_slip", "-", "-", "queued", "queued", "cancelled"]),
        ("failed",      ["-",       "-",     "-",       "-",           "-",       "-",      "-",      "-",      "-",      "-",         "-",      "-",   "-",       "-",      "-",       "-", "-", "queued", "queued", "cancelled"]),
        ("cancelled",   ["-",       "-",     "-",       "-",           "-",       "-",      "-",      "-",      "-",      "-",         "-",      "-",   "-",       "-",      "-",       "-", "-", "-",      "-",      "-"]),
        ("uncertain",   ["-",       "-",     "-",       "-",           "-",       "-",      "-",      "-",      "-",      "cancelled", "-",      "-",   "printed", "queued", "-",       "-", "-", "-",      "-",      "-"]),
        ("on_slip",     ["-",       "-",     "printed", "unconfirmed", "-",       "-",      "-",      "-",      "-",      "-",         "-",      "-",   "-",       "-",      "-",       "queued", "-", "-",      "-",      "-"]),
    ];
    assert_eq!(table.len(), JobState::ALL.len());
    for (state, row) in table {
        let state = JobState::from_code(state).unwrap();
        for (event, expected) in events().into_iter().zip(row) {
            let found = outcome(JobKind::Kitchen, job(state), event);
            assert_eq!(found, expected, "{state:?} meets {event:?}");
            let in_doubt = JobProgress { possible_duplicate: true, ..job(state) };
            let late = event == JobEvent::LateProof && expected_late(state);
            let expected = if late { "printed" } else { expected };
            assert_eq!(outcome(JobKind::Kitchen, in_doubt, event), expected, "{state:?} in doubt: {event:?}");
        }
    }
}

fn expected_late(state: JobState) -> bool {
    matches!(state, JobState::Queued | JobState::Blocked | JobState::Uncertain)
}

fn outcome(kind: JobKind, job: JobProgress, event: JobEvent) -> &'static str {
    next(kind, job, event, Time(0), &POLICY).map_or("-", |job| job.state.code())
}

/// What of a broken or hindered attempt depends on the kind of job, and that nothing else does.
#[test]
fn all_pairs_by_kind() {
    #[rustfmt::skip]
    let table = [
        //                              Obstr.     Broke 0   Broke 1      Broke ?
        (Doubt::Again, "queued",  ["blocked", "queued", "queued",    "queued"]),
        (Doubt::Again, "sending", ["-",       "queued", "queued",    "queued"]),
        (Doubt::Again, "sent",    ["-",       "queued", "queued",    "queued"]),
        (Doubt::Ask,   "queued",  ["blocked", "queued", "queued",    "queued"]),
        (Doubt::Ask,   "sending", ["-",       "queued", "uncertain", "uncertain"]),
        (Doubt::Ask,   "sent",    ["-",       "uncertain", "uncertain", "uncertain"]),
        (Doubt::Never, "queued",  ["failed",  "queued", "queued",    "queued"]),
        (Doubt::Never, "sending", ["-",       "queued", "failed",    "failed"]),
        (Doubt::Never, "sent",    ["-",       "failed", "failed",    "failed"]),
    ];
    for kind in JobKind::all() {
        for state in JobState::ALL {
            let row =
                table.iter().find(|(doubt, name, _)| *doubt == kind.on_doubt() && *name == state.code());
            for (n, event) in events().into_iter().enumerate() {
                let by_kind = row.filter(|_| (4..8).contains(&n)).map(|(.., row)| row[n - 4]);
                let blocked_drawer = kind == DRAWER && state == JobState::Blocked && n == 4;
                let refused = match (event, state) {
                    (JobEvent::Retry { .. }, JobState::Blocked) => kind == DRAWER,
                    (JobEvent::Retry { .. }, _) => kind == DRAWER || kind == SLIP,
                    (JobEvent::Clear, JobState::Blocked) => kind == SLIP,
                    _ => false,
                };
                let expected = match by_kind {
                    Some(expected) => expected,
                    None if blocked_drawer => "failed",
                    None if refused => "-",
                    None => outcome(JobKind::Kitchen, job(state), event),
                };
                assert_eq!(outcome(kind, job(state), event), expected, "{kind:?} {state:?} {event:?}");
            }
        }
    }
}

#[test]
fn a_drawer_is_not_waited_for() {
    let mut progress = job(JobState::Queued);
    let broke = JobEvent::Broke { cause: Cause::Unreachable, bytes_accepted: Some(0) };
    for expected in [JobState::Queued, JobState::Queued, JobState::Failed] {
        progress = next(DRAWER, progress, broke, Time(0), &POLICY).unwrap();
        assert_eq!((progress.state, progress.possible_duplicate), (expected, false));
    }
}

#[test]
fn what_a_person_wants_again_is_marked() {
    let asked = JobProgress {
        attempts: 2,
        cause: Some(Cause::LinkLost),
        not_before: Time(9),
        ..job(JobState::Uncertain)
    };
    let again = next(RECEIPT, asked, JobEvent::PrintAgain, Time(5), &POLICY).unwrap();
    assert_eq!(again, JobProgress { possible_duplicate: true, ..JobProgress::new(Time(5)) });
}

#[test]
fn only_an_attempt_that_may_have_reached_paper_is_marked() {
    let broke = |state, bytes_accepted| {
        let event = JobEvent::Broke { cause: Cause::LinkLost, bytes_accepted };
        next(JobKind::Kitchen, job(state), event, Time(0), &POLICY).unwrap().possible_duplicate
    };
    assert!(!broke(JobState::Sending, Some(0)));
    assert!(broke(JobState::Sending, Some(1)));
    assert!(broke(JobState::Sending, None));
    assert!(broke(JobState::Sent, Some(0)), "every byte was accepted before");
    assert!(!broke(JobState::Queued, None), "nothing was sent before Begin");
}

#[test]
fn after_three_quick_attempts_a_job_is_blocked_and_still_tried() {
    let mut progress = job(JobState::Queued);
    let broke = JobEvent::Broke { cause: Cause::Unreachable, bytes_accepted: Some(0) };
    for (expected, pause) in [
        (JobState::Queued, 2_000),
        (JobState::Queued, 2_000),
        (JobState::Blocked, 3_000),
        (JobState::Blocked, 6_000),
        (JobState::Blocked, 6_000),
    ] {
        progress = next(JobKind::Kitchen, progress, broke, Time(0), &POLICY).unwrap();
        assert_eq!((progress.state, progress.not_before), (expected, Time(pause)));
    }
    assert_eq!(
        next(JobKind::Kitchen, progress, JobEvent::Begin, Time(9), &POLICY).unwrap().state,
        JobState::Sending
    );
}

#[test]
fn at_another_target_a_job_starts_anew_and_keeps_its_mark() {
    let tired = JobProgress {
        state: JobState::Blocked,
        attempts: 7,
        possible_duplicate: true,
        not_before: Time(9_000),
        cause: Some(Cause::Unreachable),
    };
    let moved = next(JobKind::Kitchen, tired, JobEvent::Reroute, Time(5_000), &POLICY).unwrap();
    let fresh = JobProgress { possible_duplicate: true, ..JobProgress::new(Time(5_000)) };
    assert_eq!(moved, fresh);
}

#[test]
fn rank_gives_priority_and_ageing() {
    let at = |seconds: i64| Time(seconds * 1000);
    assert!(Priority::Urgent.rank(at(600)) < Priority::Normal.rank(at(0)));
    assert!(Priority::Low.rank(at(0)) > Priority::Normal.rank(at(119)));
    assert!(Priority::Low.rank(at(0)) < Priority::Normal.rank(at(121)));
    assert!(Priority::Normal.rank(at(0)) < Priority::Urgent.rank(at(3_601)), "no starvation");
}

proptest! {
    /// P3: once in doubt, always marked, whatever happens next.
    #[test]
    fn doubt_is_never_forgotten(steps in proptest::collection::vec(0_usize..20, 0..40)) {
        let mut progress = job(JobState::Queued);
        let mut doubted = false;
        for step in steps {
            if let Ok(after) = next(JobKind::Kitchen, progress, events()[step], Time(0), &POLICY) {
                doubted |= after.possible_duplicate;
                prop_assert_eq!(after.possible_duplicate, doubted);
                progress = after;
            }
        }
    }
}

#[test]
fn what_a_core_that_is_gone_had_with_a_printer_is_marked_and_waits_for_nothing() {
    for state in JobState::ALL {
        let taken = taken_over(JobKind::Kitchen, job(state), Time(5), &POLICY);
        match state {
            JobState::Sending | JobState::Sent => {
                let taken = taken.unwrap();
                assert_eq!((taken.state, taken.possible_duplicate), (JobState::Queued, true));
                assert_eq!((taken.not_before, taken.cause), (Time(5), Some(Cause::Interrupted)));
            }
            JobState::Queued | JobState::Blocked => {}
            JobState::Printed
            | JobState::Unconfirmed
            | JobState::Failed
            | JobState::Cancelled
            | JobState::Uncertain
            | JobState::OnSlip => {
                assert!(taken.is_err(), "{state:?}");
            }
        }
    }
}

#[test]
fn only_a_pause_is_spread() {
    let waiting = JobProgress { not_before: Time(2_000), ..job(JobState::Blocked) };
    assert_eq!(spread(waiting, Time(0), u16::MAX).not_before, Time(2_500));
    assert_eq!(spread(waiting, Time(0), 0), waiting);
    let sent = JobProgress { not_before: Time(2_000), ..job(JobState::Sent) };
    assert_eq!(spread(sent, Time(0), u16::MAX), sent);
}

#[test]
fn a_job_that_a_person_retries_starts_anew_and_never_loses_its_mark() {
    let failed = JobProgress {
        state: JobState::Failed,
        attempts: 3,
        possible_duplicate: false,
        not_before: Time(9_000),
        cause: Some(Cause::CannotEncode),
    };
    let retried = |job, on_paper| {
        next(JobKind::Kitchen, job, JobEvent::Retry { on_paper }, Time(5_000), &POLICY).unwrap()
    };
    let anew = JobProgress::new(Time(5_000));
    let marked = JobProgress { possible_duplicate: true, ..anew };
    assert_eq!(retried(failed, false), anew);
    assert_eq!(retried(failed, true), marked, "another printing of it may be on paper");
    let doubted = JobProgress { possible_duplicate: true, ..failed };
    assert_eq!(retried(doubted, false), marked);
}

#[test]
fn a_job_that_a_person_clears_keeps_why_it_failed() {
    let failed = JobProgress { cause: Some(Cause::CannotEncode), attempts: 2, ..job(JobState::Failed) };
    let cleared = next(JobKind::Kitchen, failed, JobEvent::Clear, Time(5_000), &POLICY).unwrap();
    assert_eq!(cleared, JobProgress { state: JobState::Cancelled, ..failed });
}
