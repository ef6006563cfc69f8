//! An attempt at what is no printer: a kitchen screen, a folder, a mailbox.
//!
//! ```text
//! is it there? ─> sending on disk ─> the page, the mail ─> sent on disk ─> unconfirmed on disk
//!    └ no: nothing sent                 └ no: nothing sent, or its fate is unknown
//! ```
//!
//! Nobody proves that a person has the ticket, so none is ever called printed. A screen has a ticket once it has
//! painted it, or has given a sign of life since: until then the ticket is with it, and goes on if the screen goes.

use crate::idle::Found;
use crate::lane::Lane;
use crate::print::Attempt;
use crate::settle::{Begun, Settled, Words};
use fastops_domain::breaker::{BreakerEvent, OPEN_MS};
use fastops_domain::ids::TicketId;
use fastops_domain::job::{Cause, JobEvent};
use fastops_domain::outlet::Outlet;
use fastops_domain::ticket::TicketState;
use fastops_domain::time::LocalTime;
use fastops_printing::encode::Sheet;
use fastops_printing::link::{Broke, Trouble};
use fastops_printing::mail::{self, Post, Session};
use fastops_printing::{folder, pdf};
use fastops_store::StoreError;
use fastops_store::screen::{self, Sign};
use std::time::Duration;
use tokio::time::Instant;

/// Pause between two looks at the signs of a screen that has a ticket.
const LOOK_AT_SCREEN: Duration = Duration::from_millis(250);

/// What an outlet that is there brings to an attempt.
enum Ready {
    Screen { station: String },
    Folder { path: String },
    Mail { to: String, post: Box<Post>, session: Box<Session> },
}

/// How the hand-over of a ticket ended when it did not go well.
enum Failed {
    Broke(Broke),
    /// It can never be written.
    Hopeless,
    /// The engine stops, or the job is someone else's now.
    Left,
}

impl From<Broke> for Failed {
    fn from(broke: Broke) -> Self {
        Self::Broke(broke)
    }
}

impl Lane {
    /// How an outlet is that has nothing to take.
    pub(crate) async fn ask_outlet(&mut self, outlet: &Outlet) -> Found {
        let facts = self.shared.facts(self.printer.id);
        let cause = match outlet {
            Outlet::Screen { station } => match self.sign(station, None).await {
                Ok(sign) => (!self.is_alive(sign)).then_some(Cause::NoScreen),
                Err(_) => return Found::Unclear,
            },
            Outlet::Folder { path } => {
                let refused = matches!(facts.trouble, Some(Cause::FolderFull | Cause::FolderUnwritable));
                folder::check(path, refused).await.err().map(|trouble| trouble.cause)
            }
            Outlet::Mail { .. } if !mail::is_set_up(self.shared.post().as_ref()) => Some(Cause::MailUnset),
            Outlet::Mail { to } => match facts.trouble {
                None | Some(Cause::MailUnset) => None,
                // Whether a server takes mail again is asked as often as a breaker allows.
                Some(_) if !self.may_try_again() => return Found::Unclear,
                Some(_) => self.mail_session(to).await.err().map(|trouble| trouble.cause),
            },
        };
        cause.map_or(Found::Well, Found::Wants)
    }

    fn may_try_again(&self) -> bool {
        let now = self.shared.config.clock.now();
        self.failed_at.is_none_or(|at| now.since_ms(at) >= OPEN_MS)
    }

    async fn mail_session(&mut self, to: &str) -> Result<(Post, Session), Trouble> {
        let post = self.shared.post();
        let limit = Duration::from_millis(self.shared.config.deadlines.mail_ms);
        let opened = Session::open(post.as_ref(), to, limit).await;
        if opened.is_err() {
            self.failed_at = Some(self.shared.config.clock.now());
        }
        let session = opened?;
        let post = post.ok_or(Trouble { cause: Cause::MailUnset, source: None })?;
        Ok((post, session))
    }

    async fn sign(&self, station: &str, ticket: Option<TicketId>) -> Result<Sign, StoreError> {
        let (branch, station) = (self.shared.config.branch, station.to_owned());
        let store = &self.shared.config.store;
        store.read(move |tx| Box::pin(async move { screen::sign(tx, branch, &station, ticket).await })).await
    }

    fn is_alive(&self, sign: Sign) -> bool {
        sign.age_ms.is_some_and(|age| age <= self.shared.config.screens.alive_ms)
    }
}

impl Attempt<'_> {
    /// Hands the ticket over, and leaves the job settled whatever happens.
    pub(crate) async fn deliver(mut self, outlet: Outlet) {
        let Some(ready) = self.ready_outlet(outlet).await else { return };
        let begun = match self.begin().await {
            Settled::Done(begun) => begun,
            Settled::TakenBack | Settled::Stopping => return,
        };
        let lane = self.lane.printer.id;
        self.lane.shared.note(lane, |facts| facts.printing = true);
        match self.hand_over(ready, &begun).await {
            Ok(()) => {
                if matches!(self.settle(JobEvent::NoProof).await, Settled::Done(())) {
                    self.measured();
                }
                self.lane.trouble(None);
                self.lane.breaker(BreakerEvent::Success);
            }
            Err(Failed::Broke(broke)) => {
                tracing::warn!(device = %self.lane.printer.name, error = %broke, "a ticket was not taken");
                self.lane.failed_at = Some(self.lane.shared.config.clock.now());
                self.broke(broke.cause, broke.bytes_accepted).await;
            }
            Err(Failed::Hopeless) => {
                self.settle(JobEvent::Hopeless(Cause::CannotEncode)).await;
            }
            Err(Failed::Left) => {}
        }
        self.lane.shared.note(lane, |facts| facts.printing = false);
    }

    /// Makes sure that there is somebody to take it. Otherwise the job is settled and waits.
    async fn ready_outlet(&mut self, outlet: Outlet) -> Option<Ready> {
        let cause = match outlet {
            Outlet::Screen { station } => match self.lane.sign(&station, None).await {
                Ok(sign) if self.lane.is_alive(sign) => return Some(Ready::Screen { station }),
                Ok(_) => Cause::NoScreen,
                Err(_) => {
                    self.lane.pause(LOOK_AT_SCREEN).await;
                    return None;
                }
            },
            Outlet::Folder { path } => match folder::check(&path, false).await {
                Ok(()) => return Some(Ready::Folder { path }),
                Err(trouble) => trouble.cause,
            },
            Outlet::Mail { to } => match self.lane.mail_session(&to).await {
                Ok((post, session)) => {
                    let (post, session) = (Box::new(post), Box::new(session));
                    return Some(Ready::Mail { to, post, session });
                }
                Err(trouble) => trouble.cause,
            },
        };
        match cause {
            // A server that does not answer, or says no, may answer the next attempt.
            Cause::MailUnreachable | Cause::MailLogin | Cause::MailRefused => {
                self.broke(cause, Some(0)).await;
            }
            _ => self.obstructed(cause).await,
        }
        None
    }

    async fn hand_over(&mut self, ready: Ready, begun: &Begun) -> Result<(), Failed> {
        let config = &self.lane.shared.config;
        let made_at = LocalTime::at(self.job.created_at, config.utc_offset_minutes);
        match ready {
            Ready::Screen { station } => {
                self.accepted().await?;
                self.wait_for_screen(&station).await
            }
            Ready::Folder { path } => {
                let sheet = self.sheet(begun, made_at)?;
                let part = self.job.id.to_string();
                folder::put(&path, &part, &sheet.file_name, pdf::pages(&sheet)).await?;
                self.accepted().await
            }
            Ready::Mail { to, post, mut session } => {
                let sheet = self.sheet(begun, made_at)?;
                let id = format!("{}.{}", self.job.id, begun.number);
                let now = self.lane.shared.config.clock.now();
                let letter = mail::letter(&post, &to, &sheet, pdf::pages(&sheet), &id, now)
                    .map_err(|Trouble { cause, source }| Broke { cause, bytes_accepted: Some(0), source })?;
                session.send(&letter).await?;
                let kept = self.accepted().await;
                session.close().await;
                kept
            }
        }
    }

    fn sheet(&self, begun: &Begun, made_at: LocalTime) -> Result<Sheet, Failed> {
        let (stamp, tag) = (self.stamp(), self.job.id.to_string());
        let sheet = match &begun.words {
            Words::Ticket(content) => Sheet::of(content, &stamp, made_at).map(Some),
            Words::Paper(document, _) => Sheet::of_document(document, &stamp, made_at, &tag),
        };
        match sheet {
            Ok(Some(sheet)) => Ok(sheet),
            // A drawer is opened by a printer alone.
            Ok(None) => Err(Failed::Hopeless),
            Err(error) => {
                tracing::error!(%error, job = %self.job.id, "the paper cannot be laid out");
                Err(Failed::Hopeless)
            }
        }
    }

    async fn accepted(&mut self) -> Result<(), Failed> {
        match self.settle(JobEvent::Accepted).await {
            Settled::Done(()) => Ok(()),
            Settled::TakenBack | Settled::Stopping => Err(Failed::Left),
        }
    }

    /// Waits until the screen has surely got the ticket: it has painted it, or it has given a sign since.
    async fn wait_for_screen(&mut self, station: &str) -> Result<(), Failed> {
        self.permit.release();
        let since = Instant::now();
        loop {
            if let Ok(sign) = self.lane.sign(station, self.job.work.ticket()).await {
                let waited_ms = i64::try_from(since.elapsed().as_millis()).unwrap_or(i64::MAX);
                let painted = sign.ticket.is_some_and(|state| state != TicketState::New);
                if painted || sign.age_ms.is_some_and(|age| age < waited_ms) {
                    return Ok(());
                }
                if !self.lane.is_alive(sign) {
                    // It may have shown it for a moment.
                    return Err(Broke { cause: Cause::NoScreen, bytes_accepted: None, source: None }.into());
                }
            }
            if self.lane.pause(LOOK_AT_SCREEN).await {
                return Err(Broke { cause: Cause::Interrupted, bytes_accepted: None, source: None }.into());
            }
        }
    }
}
