//! Printers found and asked for whoever sets one up. Nothing here runs by itself, and nothing comes out on paper.

use super::devices::DeviceProblem;
use super::profile::{of_model, profile_view};
use crate::catalogue::Facts;
use crate::refusal::Refusal;
use crate::wire::{
    FindPrinters, FoundAt, FoundPrinter, FoundPrinters, GetPrinterModels, PageRow, PrinterModel,
    PrinterModels, ProbePrinter, ProbedPrinter, Text,
};
use crate::{App, Who, pulse, words};
use fastops_domain::ids::PrinterId;
use fastops_domain::station::{PrinterAddress, PrinterProfile, ProofLevel, RAW_PORT};
use fastops_printing::find::{self, Bounds, Found, Network};
use fastops_printing::link::{Deadlines, probe};
use fastops_printing::models::{self, Model};
use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

/// How long a name may take to be resolved, and the cables to be listed.
const PATIENCE: Duration = Duration::from_secs(3);

pub(crate) async fn find_printers(
    app: &App,
    _: &Who,
    request: FindPrinters,
) -> Result<FoundPrinters, Refusal> {
    let network = match request.range.as_deref().filter(|_| request.network) {
        Some(range) => Some(
            Network::read(range)
                .ok_or_else(|| Refusal::Device(DeviceProblem::BadNetwork { range: range.to_owned() }))?,
        ),
        None => None,
    };
    // One search at a time: two would ask every printer twice.
    let _turn = app.turns.finding.lock().await;
    let facts = app.catalogue.facts().await?;
    let models = models::known(&app.models_file).await.models;
    let mut finder = Finder { facts: &facts, models: &models, answer: none_found() };
    if request.network {
        match network.or_else(Network::own) {
            Some(network) => finder.network(app, network).await,
            None => finder.answer.problems.push(words::no_network()),
        }
    }
    if request.cables {
        finder.cables().await;
    }
    Ok(finder.answer)
}

const fn none_found() -> FoundPrinters {
    FoundPrinters { printers: Vec::new(), range: None, complete: true, problems: Vec::new() }
}

struct Finder<'a> {
    facts: &'a Facts,
    models: &'a [Model],
    answer: FoundPrinters,
}

impl Finder<'_> {
    async fn network(&mut self, app: &App, network: Network) {
        let known = known_hosts(self.facts).await;
        let search = find::search(network, &known.keys().copied().collect(), Bounds::default()).await;
        self.answer.range = Some(network.to_string());
        self.answer.complete = search.complete;
        let mut printers: Vec<(Ipv4Addr, FoundPrinter)> =
            search.found.into_iter().map(|found| (found.host, self.stranger(found))).collect();
        let here = known.into_iter().filter(|(host, _)| Network::around(*host) == Some(network));
        printers.extend(here.filter_map(|(host, id)| Some((host, self.known(app, id)?))));
        printers.sort_by_key(|(host, _)| *host);
        self.answer.printers.extend(printers.into_iter().map(|(_, printer)| printer));
    }

    fn stranger(&self, found: Found) -> FoundPrinter {
        let address = PrinterAddress::Tcp { host: found.host.to_string(), port: RAW_PORT };
        let model = found.model_id.as_deref().and_then(|said| models::recognise(self.models, said));
        let name = model.map(|model| format!("{} {}", model.vendor, model.name));
        let name = name.or_else(|| found.model_id.clone()).unwrap_or_else(|| found.host.to_string());
        FoundPrinter {
            at: FoundAt::Network,
            address: address.to_string(),
            problem: found.trouble.map(|cause| pulse::text(cause, &name)),
            name,
            answered: found.answered,
            model: model.map(|model| model.key.clone()),
            profile: model.and_then(|model| model.profile(ProofLevel::None)).map(of_model),
            model_id: found.model_id,
            device_id: None,
        }
    }

    /// A device of the branch, as its lane knows it.
    fn known(&self, app: &App, id: PrinterId) -> Option<FoundPrinter> {
        let device = self.facts.printer(id)?;
        let trouble = app.engine.facts(id).trouble;
        Some(FoundPrinter {
            at: FoundAt::Network,
            address: device.address.to_string(),
            name: device.name.clone(),
            answered: false,
            model_id: None,
            model: None,
            profile: Some(profile_view(device.profile)),
            problem: trouble.map(|cause| pulse::text(cause, &device.name)),
            device_id: Some(id.0),
        })
    }

    async fn cables(&mut self) {
        match find::usb_devices(PATIENCE).await {
            Ok(found) => {
                for device in found {
                    let address = PrinterAddress::Usb(device.address);
                    self.cable(FoundAt::Usb, &address, device.name);
                }
            }
            Err(error) => self.cannot_look(&error, words::no_usb()),
        }
        match find::serial_devices(PATIENCE).await {
            Ok(found) => {
                for device in found {
                    let address = PrinterAddress::Serial(device.address);
                    self.cable(FoundAt::Serial, &address, Some(device.name));
                }
            }
            Err(error) => self.cannot_look(&error, words::no_serial()),
        }
        match find::queues(PATIENCE).await {
            Ok(found) => {
                // A name that cannot be written as an address cannot be set up either.
                let addresses = found.iter().map(|name| format!("spooler:{name}").parse::<PrinterAddress>());
                for (name, address) in found.iter().zip(addresses) {
                    if let Ok(address) = address {
                        self.cable(FoundAt::Queue, &address, Some(name.clone()));
                    }
                }
            }
            Err(error) => self.cannot_look(&error, words::no_queues()),
        }
    }

    fn cable(&mut self, at: FoundAt, address: &PrinterAddress, name: Option<String>) {
        let device = self.facts.printers.iter().find(|known| known.address.is_same_place(address));
        let model = name.as_deref().and_then(|name| {
            let last = name.split_whitespace().last().unwrap_or(name);
            models::recognise(self.models, name).or_else(|| models::recognise(self.models, last))
        });
        self.answer.printers.push(FoundPrinter {
            at,
            address: address.to_string(),
            name: name.unwrap_or_else(|| address.to_string()),
            answered: false,
            model_id: None,
            model: model.map(|model| model.key.clone()),
            profile: model.and_then(|model| model.profile(ProofLevel::None)).map(of_model),
            problem: None,
            device_id: device.map(|device| device.id.0),
        });
    }

    fn cannot_look(&mut self, error: &std::io::Error, problem: Text) {
        tracing::warn!(%error, "cables cannot be listed");
        self.answer.problems.push(problem);
    }
}

/// The hosts of the network printers that are set up: they are not asked.
async fn known_hosts(facts: &Facts) -> HashMap<Ipv4Addr, PrinterId> {
    let mut known = HashMap::new();
    for device in facts.printers.iter() {
        let PrinterAddress::Tcp { host, port } = &device.address else { continue };
        let resolve = tokio::net::lookup_host((host.as_str(), *port));
        let Ok(Ok(found)) = tokio::time::timeout(PATIENCE, resolve).await else { continue };
        for address in found {
            if let IpAddr::V4(host) = address.ip() {
                known.insert(host, device.id);
            }
        }
    }
    known
}

pub(crate) async fn probe_printer(
    app: &App,
    _: &Who,
    request: ProbePrinter,
) -> Result<ProbedPrinter, Refusal> {
    let address: PrinterAddress = request
        .address
        .trim()
        .parse()
        .map_err(|source| Refusal::BadPrinterAddress { address: request.address.clone(), source })?;
    if address.outlet().is_some() {
        return Err(Refusal::Device(DeviceProblem::NoPrinter { device: request.address }));
    }
    let facts = app.catalogue.facts().await?;
    let models = models::known(&app.models_file).await.models;
    let device = facts.printers.iter().find(|known| known.address.is_same_place(&address));
    let mut answer = ProbedPrinter {
        answered: false,
        model_id: None,
        model: None,
        proof: None,
        profile: of_model(PrinterProfile { proof: ProofLevel::None, ..PrinterProfile::default() }),
        problem: None,
        device_id: device.map(|device| device.id.0),
    };
    let found = match probe(&address, &Deadlines::default()).await {
        Ok(found) => found,
        Err(trouble) => {
            answer.problem = Some(pulse::text(trouble.cause, &address.to_string()));
            return Ok(answer);
        }
    };
    let proof = found.proof.unwrap_or(ProofLevel::None);
    let model = found.model_id.as_deref().and_then(|said| models::recognise(&models, said));
    let usual = PrinterProfile { proof, ..PrinterProfile::default() };
    answer.profile = of_model(model.and_then(|model| model.profile(proof)).unwrap_or(usual));
    answer.model = model.map(|model| model.key.clone());
    answer.answered = found.status.answered;
    answer.problem = found.status.obstruction().map(|cause| pulse::text(cause, &address.to_string()));
    answer.proof = found.proof.map(|proof| proof.code().into());
    answer.model_id = found.model_id;
    Ok(answer)
}

pub(crate) async fn get_printer_models(
    app: &App,
    _: &Who,
    _: GetPrinterModels,
) -> Result<PrinterModels, Refusal> {
    let known = models::known(&app.models_file).await;
    Ok(PrinterModels {
        models: known.models.iter().filter_map(model_view).collect(),
        file: app.models_file.display().to_string(),
        problem: known.problem.as_ref().map(words::models_problem),
    })
}

fn model_view(model: &Model) -> Option<PrinterModel> {
    let row = |(row, candidate): (u8, fastops_domain::station::Candidate)| PageRow {
        row,
        code_page: candidate.page.code().into(),
        code_table: candidate.table,
    };
    Some(PrinterModel {
        key: model.key.clone(),
        vendor: model.vendor.clone(),
        name: model.name.clone(),
        profile: of_model(model.profile(ProofLevel::None)?),
        pages: (1..).zip(model.candidates()).map(row).collect(),
    })
}
