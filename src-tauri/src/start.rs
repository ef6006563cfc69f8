//! From data that may be damaged, gone or out of reach to a core that serves.
//!
//! The core starts before the till opens. Where it cannot, a window of its own says why and what a person can do:
//! restore the newest verified backup, try again, or quit. Nothing is done that nobody asked for.

use crate::demo::Demo;
use crate::shell;
use fastops_app::wire::{Failure, FailureCode};
use fastops_app::{
    App, AppConfig, Founding, Language, RecoveryOffer, RestoreFrom, found, recovery_offer, restore,
};
use serde::Serialize;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tauri::{AppHandle, Manager as _};

/// What the program was started with, and why it does not serve yet.
#[derive(Debug)]
pub(crate) struct Start {
    config: AppConfig,
    is_demo: bool,
    opens_kitchen: bool,
    state: Mutex<State>,
    busy: AtomicBool,
}

#[derive(Debug, Default)]
struct State {
    trouble: Option<Trouble>,
    /// The backup that the person was told of: no other is restored.
    backup: Option<PathBuf>,
}

/// Why the program does not serve, for the window that says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Trouble {
    code: FailureCode,
    /// All of it in one sentence, with the places of the files.
    message: String,
    /// The language of `message`.
    language: Language,
    offer: Option<Offer>,
    /// Why the offered backup was not restored when it was last tried.
    not_restored: Option<String>,
    /// Why the house was not founded when it was last tried.
    not_founded: Option<String>,
}

/// A verified backup that can take the place of the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Offer {
    /// When it was made, in milliseconds since 1970 UTC.
    at: i64,
    /// The last order in it; whatever came later would be missing.
    last_order: Option<LastOrder>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct LastOrder {
    number: i64,
    /// When it was opened, in milliseconds since 1970 UTC.
    at: i64,
}

impl From<&RecoveryOffer> for Offer {
    fn from(offer: &RecoveryOffer) -> Self {
        let last_order = offer.last_order.as_ref();
        Self {
            at: offer.at.0,
            last_order: last_order.map(|order| LastOrder { number: order.number, at: order.at.0 }),
        }
    }
}

impl Start {
    pub(crate) fn new(config: AppConfig, is_demo: bool, opens_kitchen: bool) -> Self {
        Self { config, is_demo, opens_kitchen, state: Mutex::default(), busy: AtomicBool::new(false) }
    }

    pub(crate) fn language(&self) -> Language {
        self.config.language
    }

    pub(crate) fn opens_kitchen(&self) -> bool {
        self.opens_kitchen
    }

    /// Whether something is being tried at this moment.
    pub(crate) fn is_busy(&self) -> bool {
        self.busy.load(Ordering::Acquire)
    }

    /// Starts the core, and before it the demonstration's printers.
    pub(crate) async fn core(&self) -> Result<(App, Demo), Failure> {
        let mut config = self.config.clone();
        let mut demo = Demo::default();
        if self.is_demo {
            let (started, setup) = Demo::start(&config).await?;
            (demo, config.demo) = (started, Some(setup));
        }
        Ok((App::start(config).await?, demo))
    }

    /// Keeps why the core did not start, with the backup that can be offered.
    pub(crate) async fn note(&self, failure: Failure) {
        let lost = matches!(failure.code, FailureCode::DataDamaged | FailureCode::DataMissing);
        let offer = if lost { recovery_offer(&self.config).await } else { None };
        let mut state = self.state();
        state.trouble = Some(Trouble {
            code: failure.code,
            message: failure.message,
            language: self.config.language,
            offer: offer.as_ref().map(Offer::from),
            not_restored: None,
            not_founded: None,
        });
        state.backup = offer.map(|offer| offer.backup);
    }

    /// Why the core does not serve; nothing once it does.
    pub(crate) fn trouble(&self) -> Option<Trouble> {
        self.state().trouble.clone()
    }

    /// Puts the backup that was offered in the place of the data; what was there is kept aside. Gives whether
    /// it is in its place.
    async fn restore(&self) -> bool {
        let Some(backup) = self.state().backup.clone() else { return false };
        let restored = restore(&self.config, RestoreFrom::File(backup)).await;
        let not_restored = restored.err().map(|failure| failure.message);
        let is_restored = not_restored.is_none();
        if let Some(trouble) = &mut self.state().trouble {
            trouble.not_restored = not_restored;
        }
        is_restored
    }

    /// Founds a house in the data; where another computer was quicker, its house is the one that opens. Gives
    /// whether there is one.
    async fn found(&self, founding: Founding) -> bool {
        let refused = found(&self.config, founding).await.err();
        let refused = refused.filter(|failure| failure.code != FailureCode::SetUpAlready);
        let not_founded = refused.map(|failure| failure.message);
        let is_founded = not_founded.is_none();
        if let Some(trouble) = &mut self.state().trouble {
            trouble.not_founded = not_founded;
        }
        is_founded
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a person asks of the window.
#[derive(Debug)]
pub(crate) enum Attempt {
    /// To restore the offered backup, and start on it.
    Restore,
    /// To start on what is there now.
    Again,
    /// To found a house in the empty data, and start on it.
    Found(Box<Founding>),
}

/// Does it, one at a time, and opens the till when the core serves. Gives why it does not.
pub(crate) async fn attempt(handle: &AppHandle, start: &Start, attempt: Attempt) -> Option<Trouble> {
    let serves = handle.try_state::<App>().is_some();
    if serves || start.busy.swap(true, Ordering::AcqRel) {
        return start.trouble();
    }
    let may_start = match attempt {
        Attempt::Restore => start.restore().await,
        Attempt::Again => true,
        Attempt::Found(founding) => start.found(*founding).await,
    };
    if may_start {
        match start.core().await {
            Ok((core, demo)) => match shell::enter(handle, core, demo) {
                Ok(()) => start.state().trouble = None,
                Err(failure) => start.note(failure).await,
            },
            Err(failure) => start.note(failure).await,
        }
    }
    start.busy.store(false, Ordering::Release);
    start.trouble()
}
