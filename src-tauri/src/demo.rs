//! The demonstration's printers: three simulators in this process, one for each station.

use crate::words::Phrase;
use fastops_app::wire::{Failure, FailureCode};
use fastops_app::{AppConfig, DemoSetup, Language};
use fastops_printer_sim::{DemoCondition, DemoPrinter, DemoPrinters, NoSuchPrinter};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Code and name of each station of the demo company. A printer is called as its station.
const STATIONS: [(&str, &str); 3] = [("cocina", "Cocina"), ("bar", "Bar"), ("postres", "Postres")];

/// A file in the folder of the data: the demonstration's printers were chosen by hand.
const OWN_PRINTERS_MARK: &str = "own-printers";

/// The simulated printers, while this is a demonstration.
#[derive(Clone, Debug, Default)]
pub(crate) struct Demo {
    printers: Option<Arc<DemoPrinters>>,
}

/// Asks for one piece of paper of a simulated printer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GetDemoSlip {
    printer: String,
    number: u64,
}

/// A picture of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct DemoSlipPicture {
    png_data_url: String,
}

/// Breaks or mends a simulated printer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetDemoCondition {
    printer: String,
    condition: DemoCondition,
    /// Whether it comes to what is wrong already, or ends and leaves the rest; without it, it is all that is wrong.
    #[serde(default)]
    on: Option<bool>,
}

/// Nothing to say but that it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Done {}

impl Demo {
    /// Starts a printer for each station, and tells what the core needs to know of them. Where a person
    /// chose printers for the demonstration, those stay and none is simulated.
    pub(crate) async fn start(config: &AppConfig) -> Result<(Self, DemoSetup), Failure> {
        if config.folder.join(OWN_PRINTERS_MARK).exists() {
            return Ok((Self::default(), DemoSetup::default()));
        }
        let clock = Arc::clone(&config.clock);
        let names = STATIONS.map(|(_, name)| name);
        let printers =
            DemoPrinters::start(&names, Arc::new(move || clock.now().0)).await.map_err(|error| {
                let cause = error.to_string();
                Phrase::DemoPrintersDidNotStart { cause }.into_failure(FailureCode::Internal, config.language)
            })?;
        let addresses = printers.list().into_iter().map(|printer| format!("tcp://{}", printer.address));
        let setup = DemoSetup {
            printers: STATIONS.iter().map(|(code, _)| (*code).to_owned()).zip(addresses).collect(),
        };
        Ok((Self { printers: Some(Arc::new(printers)) }, setup))
    }

    pub(crate) fn list(&self, language: Language) -> Result<Vec<DemoPrinter>, Failure> {
        Ok(self.printers(language)?.list())
    }

    pub(crate) async fn picture(
        &self,
        request: GetDemoSlip,
        language: Language,
    ) -> Result<DemoSlipPicture, Failure> {
        let printers = Arc::clone(self.printers(language)?);
        let GetDemoSlip { printer, number } = request;
        let name = printer.clone();
        match tokio::task::spawn_blocking(move || printers.slip_png_data_url(&name, number)).await {
            Ok(Some(png_data_url)) => Ok(DemoSlipPicture { png_data_url }),
            Ok(None) => {
                Err(Phrase::NoSuchSlip { printer, number }.into_failure(FailureCode::UnknownTicket, language))
            }
            Err(error) => {
                tracing::error!(%error, printer, number, "a slip could not be drawn");
                Err(Phrase::SlipNotDrawn.into_failure(FailureCode::Internal, language))
            }
        }
    }

    pub(crate) fn set(&self, request: &SetDemoCondition, language: Language) -> Result<Done, Failure> {
        let printers = self.printers(language)?;
        let done = match request.on {
            None => printers.set(&request.printer, request.condition),
            Some(on) => printers.switch(&request.printer, request.condition, on),
        };
        match done {
            Ok(()) => Ok(Done {}),
            Err(NoSuchPrinter { name: printer }) => {
                Err(Phrase::NoSuchDemoPrinter { printer }.into_failure(FailureCode::BadPrinter, language))
            }
        }
    }

    fn printers(&self, language: Language) -> Result<&Arc<DemoPrinters>, Failure> {
        self.printers.as_ref().ok_or_else(|| Phrase::NotADemo.into_failure(FailureCode::NotAllowed, language))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slip(printer: &str, number: u64) -> GetDemoSlip {
        GetDemoSlip { printer: printer.into(), number }
    }

    #[tokio::test]
    async fn a_demonstration_has_a_printer_for_each_station() {
        let (demo, setup) = Demo::start(&AppConfig::new("unused")).await.unwrap();
        let shown = demo.list(Language::En).unwrap();
        assert_eq!(shown.len(), STATIONS.len());
        for ((code, address), printer) in setup.printers.iter().zip(&shown) {
            assert_eq!(*address, format!("tcp://{}", printer.address), "{code}");
            assert_eq!(*code, printer.name.to_lowercase());
        }
    }

    #[tokio::test]
    async fn a_printer_can_be_broken_and_seen_to_be_broken() {
        let (demo, _) = Demo::start(&AppConfig::new("unused")).await.unwrap();
        let request =
            SetDemoCondition { printer: "Bar".into(), condition: DemoCondition::PaperOut, on: None };
        demo.set(&request, Language::En).unwrap();
        let broken: Vec<bool> = demo
            .list(Language::En)
            .unwrap()
            .iter()
            .map(|printer| printer.condition == DemoCondition::PaperOut)
            .collect();
        assert_eq!(broken, [false, true, false]);
    }

    #[tokio::test]
    async fn what_is_not_there_is_refused_in_words() {
        let (demo, _) = Demo::start(&AppConfig::new("unused")).await.unwrap();
        let missing = demo.picture(slip("Cocina", 7), Language::En).await.unwrap_err();
        assert_eq!(missing.code, FailureCode::UnknownTicket);
        assert!(missing.message.contains('7') && missing.message.contains("Cocina"), "{missing}");
        let unknown =
            SetDemoCondition { printer: "Terraza".into(), condition: DemoCondition::Ready, on: None };
        let unknown = demo.set(&unknown, Language::Es).unwrap_err();
        assert!(unknown.message.contains("Terraza"), "{unknown}");
    }

    #[tokio::test]
    async fn a_real_shop_has_no_simulated_printers() {
        let shop = Demo::default();
        let unknown = SetDemoCondition { printer: "Bar".into(), condition: DemoCondition::Ready, on: None };
        let refusals = [
            shop.list(Language::Es).unwrap_err(),
            shop.picture(slip("Bar", 1), Language::Es).await.unwrap_err(),
            shop.set(&unknown, Language::Es).unwrap_err(),
        ];
        assert!(refusals.iter().all(|refusal| refusal.code == FailureCode::NotAllowed), "{refusals:?}");
    }
}
