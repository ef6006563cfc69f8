//! A lane with nothing to print asks its printer how it is, so that a roll that ends or a cable that is
//! pulled is on every screen before the next ticket comes (P8).

use crate::lane::{LOOK_AGAIN, Lane};
use fastops_domain::breaker::{BreakerEvent, OPEN_MS};
use fastops_domain::job::Cause;
use fastops_domain::signs;
use fastops_printing::link::{Deadlines, Link, PrinterStatus, Trouble};
use std::time::Duration;
use tokio::time::Instant;

/// Time between two questions to an idle printer, and to a target that is none.
const ASK_EVERY: Duration = Duration::from_millis(signs::ASK_MS);
const ASK_OUTLET_EVERY: Duration = Duration::from_millis(signs::ASK_OUTLET_MS);
/// Pause after a question that was not answered.
const ASK_AGAIN: Duration = Duration::from_millis(signs::ASK_AGAIN_MS);
/// Questions in a row that a printer which used to answer may leave unanswered.
const SILENCE: u32 = 2;

/// How a printer has met questions about its state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Voice {
    #[default]
    Unknown,
    /// It answers; so many questions since its last answer were not.
    Speaks { unanswered: u32 },
    /// It takes tickets and never says a word; it is only looked at whether it is there.
    Mute,
}

/// What an idle printer was found to be.
pub(crate) enum Found {
    Well,
    /// It wants something of a person, and says so.
    Wants(Cause),
    /// It is not there, or no longer answers.
    Lost(Cause),
    /// Nothing new: another computer has it, or it was slow once.
    Unclear,
}

impl Lane {
    /// Passes the time until there may be something to do.
    pub(crate) async fn idle(&mut self) {
        self.shared.note(self.printer.id, |facts| facts.printing = false);
        let every = if self.printer.address.outlet().is_some() { ASK_OUTLET_EVERY } else { ASK_EVERY };
        if Instant::now() >= self.heard_at + every {
            self.heard_at = Instant::now();
            loop {
                match self.ask().await {
                    Some(found) => self.learn(&found),
                    // A ticket has come; whether it can print is asked for it anyway.
                    None => return,
                }
                // A question that was not answered is followed by the one that decides.
                if !self.voice.is_in_doubt() || self.is_wanted_within(ASK_AGAIN).await {
                    break;
                }
            }
        }
        let until = (self.heard_at + every).saturating_duration_since(Instant::now());
        self.listen(until.min(LOOK_AGAIN)).await;
    }

    /// Rests, and hears a printer that says by itself that something changed.
    async fn listen(&mut self, at_most: Duration) {
        let Some(mut link) = self.link.take() else { return self.rest(at_most).await };
        let told = tokio::select! {
            told = link.changed() => Some(told),
            () = self.rest(at_most) => None,
        };
        match told {
            None => self.link = Some(link),
            Some(Ok(status)) => {
                let found = self.found(&link, status);
                self.link = Some(link);
                self.learn(&found);
            }
            // The printer closed an idle connection; the next question opens one.
            Some(Err(_)) => {}
        }
    }

    fn learn(&mut self, found: &Found) {
        match found {
            Found::Well => {
                self.trouble(None);
                self.breaker(BreakerEvent::Success);
            }
            Found::Wants(cause) => self.trouble(Some(*cause)),
            Found::Lost(cause) => {
                self.trouble(Some(*cause));
                self.breaker(BreakerEvent::Failure);
            }
            Found::Unclear => {}
        }
    }

    /// Asks the printer how it is. `None` when a wake-up came first.
    async fn ask(&mut self) -> Option<Found> {
        if let Some(outlet) = self.printer.address.outlet().cloned() {
            return Some(self.ask_outlet(&outlet).await);
        }
        if let Some(mut kept) = self.link.take()
            && let Ok(status) = kept.status().await
        {
            let found = self.found(&kept, status);
            self.link = Some(kept);
            return Some(found);
        }
        // A connection that is only being made can be given up without a trace.
        let deadlines = self.shared.deadlines(&self.printer);
        let deadlines = Deadlines { connect_ms: deadlines.connect_ms.min(signs::CONNECT_MS), ..deadlines };
        let opened = tokio::select! {
            opened = Link::open(&self.printer.address, &deadlines) => opened,
            () = self.wake.notified() => return None,
        };
        let mut link = match opened {
            Ok(link) => link,
            Err(trouble) => return Some(lost(&trouble)),
        };
        let found = if self.voice == Voice::Mute {
            self.found_there()
        } else {
            match link.status().await {
                Ok(status) => self.found(&link, status),
                Err(trouble) => return Some(lost(&trouble)),
            }
        };
        if self.voice.is_in_doubt() {
            self.link = Some(link);
            return Some(found);
        }
        // The goodbye is said first; waiting for the printer's own can be given up.
        tokio::select! {
            biased;
            () = link.close() => Some(found),
            () = self.wake.notified() => None,
        }
    }

    /// A mute printer is there. Whether it prints again after it did not is only known by trying, which it
    /// is good for once a minute.
    fn found_there(&self) -> Found {
        let facts = self.shared.facts(self.printer.id);
        let since = facts.trouble_since.map(|since| self.shared.config.clock.now().since_ms(since));
        match facts.trouble {
            Some(Cause::NoProgress | Cause::NoProof | Cause::PartialWrite) if since < Some(OPEN_MS) => {
                Found::Unclear
            }
            _ => Found::Well,
        }
    }

    fn found(&mut self, link: &Link, status: PrinterStatus) -> Found {
        if status.answered {
            self.shared.note(self.printer.id, |facts| facts.paper_near_end = status.paper_near_end);
        }
        self.voice = self.voice.after(status.answered || link.garbles());
        match (status.obstruction(), self.voice) {
            (Some(cause), _) => Found::Wants(cause),
            (None, Voice::Speaks { unanswered }) if unanswered >= SILENCE => Found::Lost(Cause::NoProgress),
            (None, Voice::Speaks { unanswered }) if unanswered > 0 => Found::Unclear,
            (None, Voice::Speaks { .. } | Voice::Mute | Voice::Unknown) => Found::Well,
        }
    }
}

impl Voice {
    /// Whether the next question decides if it still speaks.
    const fn is_in_doubt(self) -> bool {
        matches!(self, Self::Speaks { unanswered } if 0 < unanswered && unanswered < SILENCE)
    }

    /// The voice after one more question.
    pub(crate) const fn after(self, answered: bool) -> Self {
        match (self, answered) {
            (_, true) => Self::Speaks { unanswered: 0 },
            (Self::Speaks { unanswered }, false) => Self::Speaks { unanswered: unanswered.saturating_add(1) },
            (Self::Unknown | Self::Mute, false) => Self::Mute,
        }
    }
}

/// Another computer that has the printer is no trouble: it prints there.
fn lost(trouble: &Trouble) -> Found {
    match trouble.cause {
        Cause::Busy => Found::Unclear,
        cause => Found::Lost(cause),
    }
}
