//! A spooler that is played: it takes bytes by halves, refuses, hangs, and its jobs are held, deleted and printed.

use super::bits::{job, printer};
use super::{LOOK, PIECE, Printer, Queue, Spooler};
use crate::link::Proof;
use fastops_domain::job::Cause;
use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::Duration;
use tokio::time::timeout;

const GENEROUS: Duration = Duration::from_secs(30);

/// The calls that may fail or hang.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Call {
    Open,
    Begin,
    Page,
    Write,
    EndPage,
    End,
    Job,
}

#[derive(Default)]
struct Desk {
    /// What each call of writing takes at most, one after another; then everything.
    takes: VecDeque<usize>,
    fails: Option<(Call, i32)>,
    /// A call that does not come back until it is let go.
    hangs: Option<Call>,
    /// A call has begun to hang.
    caught: bool,
    state: (u32, u32),
    /// What was put into each job.
    bytes: BTreeMap<u32, Vec<u8>>,
    /// What is said of each job.
    states: BTreeMap<u32, u32>,
    log: Vec<&'static str>,
}

#[derive(Clone, Default)]
struct Played(Arc<(Mutex<Desk>, Condvar)>);

struct Opened {
    played: Played,
    job: u32,
}

impl Played {
    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.0.0.lock().unwrap()
    }

    fn queue(&self, name: &str) -> Queue<Self> {
        Queue::over(self.clone(), name.to_owned())
    }

    /// What a call does before it does anything.
    fn reach(&self, call: Call) -> io::Result<MutexGuard<'_, Desk>> {
        let mut desk = self.desk();
        while desk.hangs == Some(call) {
            desk.caught = true;
            desk = self.0.1.wait(desk).unwrap();
        }
        match desk.fails {
            Some((which, number)) if which == call => Err(io::Error::from_raw_os_error(number)),
            _ => Ok(desk),
        }
    }

    fn let_go(&self) {
        self.desk().hangs = None;
        self.0.1.notify_all();
    }

    /// Everything that a call has done and let go of is here by now.
    async fn until(&self, has_come: impl Fn(&Desk) -> bool) {
        let comes = async {
            while !has_come(&self.desk()) {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        timeout(GENEROUS, comes).await.unwrap();
    }

    fn received(&self) -> Vec<Vec<u8>> {
        self.desk().bytes.values().cloned().collect()
    }
}

impl Spooler for Played {
    type Printer = Opened;

    fn open(&self, _: &str) -> io::Result<Opened> {
        drop(self.reach(Call::Open)?);
        Ok(Opened { played: self.clone(), job: 0 })
    }
}

impl Printer for Opened {
    fn state(&self) -> io::Result<(u32, u32)> {
        Ok(self.played.desk().state)
    }

    fn begin(&mut self) -> io::Result<u32> {
        let mut desk = self.played.reach(Call::Begin)?;
        self.job = desk.bytes.keys().last().unwrap_or(&0) + 1;
        desk.bytes.insert(self.job, Vec::new());
        desk.states.insert(self.job, 0);
        Ok(self.job)
    }

    fn begin_page(&mut self) -> io::Result<()> {
        self.played.reach(Call::Page).map(drop)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut desk = self.played.reach(Call::Write)?;
        assert!(bytes.len() <= PIECE);
        let most = desk.takes.pop_front().unwrap_or(usize::MAX);
        let taken = bytes.len().min(most);
        desk.bytes.entry(self.job).or_default().extend(&bytes[..taken]);
        Ok(taken)
    }

    fn end_page(&mut self) -> io::Result<()> {
        self.played.reach(Call::EndPage).map(drop)
    }

    fn end(&mut self) -> io::Result<()> {
        self.played.reach(Call::End)?.log.push("ended");
        Ok(())
    }

    fn abort(&mut self) {
        self.played.desk().log.push("thrown away");
    }

    fn job(&self, number: u32) -> io::Result<Option<u32>> {
        Ok(self.played.reach(Call::Job)?.states.get(&number).copied())
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        self.played.desk().log.push("closed");
    }
}

fn ticket(length: usize) -> Vec<u8> {
    (0..length).map(|place| u8::try_from(place % 251).unwrap()).collect()
}

#[tokio::test]
async fn a_job_goes_whole_however_little_is_taken_at_a_time() {
    let played = Played::default();
    played.desk().takes = [1, 7, PIECE - 8, 300].into();
    let mut queue = played.queue("played: whole");
    let job = ticket(3 * PIECE + 5);
    queue.print(job.clone(), GENEROUS).await.unwrap();
    assert_eq!(played.received(), [job]);
    assert_eq!(played.desk().log, ["ended", "closed"]);
}

#[tokio::test]
async fn a_refused_job_is_surely_not_printed_and_says_why() {
    let cases = [
        (Call::Open, 1801, Cause::Misconfigured),
        (Call::Open, 5, Cause::Misconfigured),
        (Call::Open, 1722, Cause::Unreachable),
        (Call::Begin, 1905, Cause::Misconfigured),
        (Call::Begin, 62, Cause::Unreachable),
        (Call::Page, 6, Cause::Unreachable),
        (Call::Write, 63, Cause::Unreachable),
    ];
    for (call, number, cause) in cases {
        let played = Played::default();
        played.desk().fails = Some((call, number));
        let mut queue = played.queue(&format!("played: refused {call:?} {number}"));
        let broke = queue.print(ticket(100), GENEROUS).await.unwrap_err();
        assert_eq!((broke.cause, broke.bytes_accepted), (cause, Some(0)), "{call:?} {number}");
        assert_eq!(broke.source.and_then(|source| source.raw_os_error()), Some(number));
        assert_eq!(timeout(GENEROUS, queue.fate(Some(GENEROUS))).await.unwrap(), Proof::Unconfirmed);
    }
}

#[tokio::test]
async fn a_job_that_breaks_off_is_thrown_away_with_its_count() {
    let all = 2 * PIECE;
    for (call, taken) in [(Call::Write, 400), (Call::EndPage, all), (Call::End, all)] {
        let played = Played::default();
        let mut queue = played.queue(&format!("played: broken {call:?}"));
        if call == Call::Write {
            // The next one takes nothing.
            played.desk().takes = [400, 0].into();
        } else {
            played.desk().fails = Some((call, 63));
        }
        let broke = queue.print(ticket(all), GENEROUS).await.unwrap_err();
        assert_eq!(
            (broke.cause, broke.bytes_accepted),
            (Cause::PartialWrite, Some(taken as u64)),
            "{call:?}"
        );
        assert_eq!(played.desk().log, ["thrown away", "closed"], "{call:?}");
    }
}

/// Whatever call hangs, the core goes on, nobody makes a second call meanwhile, and what is known of the job is said.
#[tokio::test]
async fn a_spooler_that_hangs_stalls_nobody() {
    let calls = [Call::Open, Call::Begin, Call::Page, Call::Write, Call::EndPage, Call::End];
    for call in calls {
        let played = Played::default();
        played.desk().hangs = Some(call);
        let mut queue = played.queue(&format!("played: hangs {call:?}"));
        let broke = queue.print(ticket(100), Duration::from_millis(300)).await.unwrap_err();
        let surely_not = matches!(call, Call::Open | Call::Begin | Call::Page);
        assert_eq!(broke.cause, Cause::NoProgress, "{call:?}");
        assert_eq!(broke.bytes_accepted, surely_not.then_some(0), "{call:?}");
        assert!(played.desk().caught, "{call:?}");
        let second = queue.print(ticket(5), Duration::from_millis(50)).await.unwrap_err();
        assert_eq!((second.cause, second.bytes_accepted), (Cause::NoProgress, Some(0)), "{call:?}");
        assert!(!queue.state(Duration::from_millis(50)).await.answered, "{call:?}");
        played.let_go();
        played.until(|desk| desk.log.contains(&"closed") || call == Call::Open).await;
        // It comes back and goes on where it was; a job that is not wanted is not printed behind everybody's back.
        queue.print(ticket(5), GENEROUS).await.unwrap();
        let wanted = played.received();
        assert_eq!(wanted.last(), Some(&ticket(5)));
        if surely_not {
            assert!(wanted.iter().rev().skip(1).all(Vec::is_empty), "{call:?}: nothing of it got in");
        }
    }
}

/// The rest of a long job is not put into a queue after its time.
#[tokio::test]
async fn a_job_that_is_given_up_in_the_middle_ends_there() {
    let played = Played::default();
    played.desk().hangs = Some(Call::Write);
    let mut queue = played.queue("played: given up");
    let broke = queue.print(ticket(4 * PIECE), Duration::from_millis(300)).await.unwrap_err();
    assert_eq!((broke.cause, broke.bytes_accepted), (Cause::NoProgress, None));
    played.let_go();
    played.until(|desk| desk.log.contains(&"closed")).await;
    assert_eq!(played.desk().log, ["thrown away", "closed"]);
    assert_eq!(played.received(), [&ticket(4 * PIECE)[..PIECE]]);
}

async fn printed(name: &str) -> (Played, Queue<Played>) {
    let played = Played::default();
    let mut queue = played.queue(name);
    queue.print(ticket(9), GENEROUS).await.unwrap();
    (played, queue)
}

#[tokio::test]
async fn a_job_that_is_through_is_never_more_than_unconfirmed() {
    for state in [Some(job::PRINTED), Some(job::COMPLETE | job::DELETING), None] {
        let (played, mut queue) = printed(&format!("played: through {state:?}")).await;
        let asks = tokio::spawn(async move { queue.fate(Some(GENEROUS)).await });
        // It is still there for a while.
        tokio::time::sleep(2 * LOOK).await;
        assert!(!asks.is_finished());
        match state {
            Some(bits) => drop(played.desk().states.insert(1, bits)),
            None => drop(played.desk().states.remove(&1)),
        }
        assert_eq!(timeout(GENEROUS, asks).await.unwrap().unwrap(), Proof::Unconfirmed);
    }
}

#[tokio::test]
async fn a_job_that_is_held_waits_with_its_cause_until_it_goes_on() {
    let cases = [
        (job::PAPER_OUT | job::ERROR, Cause::PaperOut),
        (job::OFFLINE, Cause::Offline),
        (job::ERROR, Cause::Offline),
        (job::USER_INTERVENTION, Cause::Offline),
        (job::PAUSED, Cause::Offline),
    ];
    for (bits, cause) in cases {
        let (played, mut queue) = printed(&format!("played: held {bits}")).await;
        played.desk().states.insert(1, bits);
        assert_eq!(timeout(GENEROUS, queue.fate(Some(GENEROUS))).await.unwrap(), Proof::Waiting(cause));
        assert_eq!(timeout(GENEROUS, queue.fate(None)).await.unwrap(), Proof::Waiting(cause), "still");
        played.desk().states.remove(&1);
        assert_eq!(timeout(GENEROUS, queue.fate(None)).await.unwrap(), Proof::Unconfirmed, "{cause:?}");
    }
}

/// Many ports tell of the printer only, and nothing of the job that waits for it.
#[tokio::test]
async fn a_job_waits_with_its_printer() {
    let (played, mut queue) = printed("played: printer").await;
    let cases = [
        ((printer::DOOR_OPEN, 0), Cause::CoverOpen),
        ((printer::PAPER_OUT, 0), Cause::PaperOut),
        ((0, printer::WORK_OFFLINE), Cause::Offline),
    ];
    for (state, cause) in cases {
        played.desk().state = state;
        assert_eq!(queue.state(GENEROUS).await.obstruction(), Some(cause));
        assert_eq!(timeout(GENEROUS, queue.fate(Some(GENEROUS))).await.unwrap(), Proof::Waiting(cause));
    }
    // What is through is through, whatever the printer is by now.
    played.desk().states.remove(&1);
    assert_eq!(timeout(GENEROUS, queue.fate(None)).await.unwrap(), Proof::Unconfirmed);
}

#[tokio::test]
async fn a_job_that_a_person_deleted_or_whose_queue_is_gone_is_in_doubt() {
    let (played, mut queue) = printed("played: deleted").await;
    played.desk().states.insert(1, job::DELETING);
    let lost = Proof::Lost(Cause::LinkLost);
    assert_eq!(timeout(GENEROUS, queue.fate(Some(GENEROUS))).await.unwrap(), lost);
    let (played, mut queue) = printed("played: gone").await;
    played.desk().fails = Some((Call::Open, 1801));
    assert_eq!(timeout(GENEROUS, queue.fate(Some(GENEROUS))).await.unwrap(), lost);
}

#[tokio::test]
async fn a_job_that_stays_without_a_reason_is_stuck_and_may_still_go() {
    let (played, mut queue) = printed("played: stays").await;
    let stuck = Proof::Waiting(Cause::NoProgress);
    assert_eq!(timeout(GENEROUS, queue.fate(Some(Duration::ZERO))).await.unwrap(), stuck);
    played.desk().hangs = Some(Call::Job);
    assert_eq!(
        timeout(GENEROUS, queue.fate(None)).await.unwrap(),
        stuck,
        "and so is one that is not told of"
    );
    played.let_go();
    played.desk().states.remove(&1);
    assert_eq!(timeout(GENEROUS, queue.fate(None)).await.unwrap(), Proof::Unconfirmed);
}

/// Once the obstacle is gone, the paper gets its whole time again.
#[tokio::test]
async fn a_job_that_was_held_gets_its_time_again() {
    let (played, mut queue) = printed("played: again").await;
    let stuck = Proof::Waiting(Cause::NoProgress);
    assert_eq!(timeout(GENEROUS, queue.fate(Some(Duration::ZERO))).await.unwrap(), stuck);
    assert!(queue.due.is_some(), "its time is up, and stays so");
    played.desk().states.insert(1, job::PAPER_OUT);
    let held = Proof::Waiting(Cause::PaperOut);
    assert_eq!(timeout(GENEROUS, queue.fate(Some(GENEROUS))).await.unwrap(), held);
    assert_eq!(queue.due, None, "its time begins when nothing is in the way");
    played.desk().states.insert(1, 0);
    let asks = tokio::spawn(async move { queue.fate(None).await });
    tokio::time::sleep(2 * LOOK).await;
    assert!(!asks.is_finished());
    played.desk().states.remove(&1);
    assert_eq!(timeout(GENEROUS, asks).await.unwrap().unwrap(), Proof::Unconfirmed);
}

#[tokio::test]
async fn several_jobs_are_through_when_the_last_one_is() {
    let (played, mut queue) = printed("played: several").await;
    queue.print(ticket(20), GENEROUS).await.unwrap();
    played.desk().states.remove(&1);
    played.desk().states.insert(2, job::PAPER_OUT);
    let held = Proof::Waiting(Cause::PaperOut);
    assert_eq!(timeout(GENEROUS, queue.fate(Some(GENEROUS))).await.unwrap(), held);
    // A new job with the number of the first is none of ours.
    played.desk().states.insert(1, job::DELETED);
    assert_eq!(timeout(GENEROUS, queue.fate(None)).await.unwrap(), held);
    played.desk().states.remove(&2);
    assert_eq!(timeout(GENEROUS, queue.fate(None)).await.unwrap(), Proof::Unconfirmed);
}
