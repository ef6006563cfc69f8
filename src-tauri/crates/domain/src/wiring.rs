//! How a house's printing is set up, looked at without printing anything: where a station's tickets would go, and
//! what is wrong before anybody waits for a ticket.

use crate::alert::Severity;
use crate::ids::{CategoryId, ComputerId, PrinterId, ProductId, StationId, TerminalId};
use crate::station::{ChainTarget, Printer, Target};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The setup of a branch.
#[derive(Clone, Copy, Debug)]
pub struct Wiring<'a> {
    pub stations: &'a [StationId],
    pub chains: &'a HashMap<StationId, Vec<ChainTarget>>,
    pub devices: &'a [Printer],
    /// Whose printers are, the owner before the heirs.
    pub owners: &'a [(PrinterId, ComputerId)],
    /// More than one computer prints for the branch.
    pub several_computers: bool,
    /// Each terminal, with the printer beside it.
    pub terminals: &'a [(TerminalId, Option<PrinterId>)],
    /// Each product that is sold, with the station that makes it.
    pub products: &'a [(CategoryId, ProductId, Option<StationId>)],
}

/// Something that is wrong with a setup, or will be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Products of a category that no station makes: nobody hears that they were ordered.
    Nowhere { category: CategoryId, products: Vec<ProductId> },
    /// A station without any target: its orders cannot be sent.
    NoTarget { station: StationId },
    /// A station all of whose tickets come out beside whoever sends them, and a terminal without a printer.
    NoPrinterBeside { station: StationId, terminal: TerminalId },
    /// A station whose tickets wait when its only target fails.
    NoBackup { station: StationId },
    /// A device that nothing comes out of.
    Unused { device: PrinterId },
    /// Two devices that are one.
    SamePlace { device: PrinterId, other: PrinterId },
    /// A printer that hangs on one computer and belongs to several.
    TwoOwners { device: PrinterId },
    /// A printer that hangs on one computer, and nobody said on which of several.
    NoOwner { device: PrinterId },
}

impl Finding {
    pub const fn severity(&self) -> Severity {
        match self {
            Self::NoTarget { .. } | Self::NoPrinterBeside { .. } => Severity::Critical,
            Self::Nowhere { .. }
            | Self::SamePlace { .. }
            | Self::TwoOwners { .. }
            | Self::NoOwner { .. }
            | Self::NoBackup { .. } => Severity::Warning,
            Self::Unused { .. } => Severity::Info,
        }
    }
}

/// Everything that is wrong, the worst first.
pub fn findings(wiring: &Wiring<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for station in wiring.stations {
        found.extend(wiring.station(*station));
    }
    found.extend(wiring.nowhere());
    for (at, device) in wiring.devices.iter().enumerate() {
        found.extend(wiring.device(device, &wiring.devices[..at]));
    }
    found.sort_by_key(|finding| match finding.severity() {
        Severity::Critical => 0,
        Severity::Warning => 1,
        Severity::Info => 2,
    });
    found
}

impl Wiring<'_> {
    fn chain(&self, station: StationId) -> &[ChainTarget] {
        self.chains.get(&station).map_or(&[], Vec::as_slice)
    }

    fn station(&self, station: StationId) -> Vec<Finding> {
        match self.chain(station) {
            [] => vec![Finding::NoTarget { station }],
            [only] if only.target == Target::Sender => {
                let without = self.terminals.iter().filter(|(_, printer)| printer.is_none());
                without
                    .map(|(terminal, _)| Finding::NoPrinterBeside { station, terminal: *terminal })
                    .collect()
            }
            [_] => vec![Finding::NoBackup { station }],
            [_, ..] => Vec::new(),
        }
    }

    fn nowhere(&self) -> Vec<Finding> {
        let known: HashSet<StationId> = self.stations.iter().copied().collect();
        let mut lost: BTreeMap<uuid::Uuid, Vec<ProductId>> = BTreeMap::new();
        for (category, product, station) in self.products {
            if !station.is_some_and(|station| known.contains(&station)) {
                lost.entry(category.0).or_default().push(*product);
            }
        }
        let finding = |(category, products)| Finding::Nowhere { category: CategoryId(category), products };
        lost.into_iter().map(finding).collect()
    }

    fn device(&self, device: &Printer, before: &[Printer]) -> Vec<Finding> {
        let mut found = Vec::new();
        let id = device.id;
        let owners = self.owners.iter().filter(|(of, _)| *of == id).count();
        if device.address.is_local() && owners > 1 {
            found.push(Finding::TwoOwners { device: id });
        }
        if device.address.is_local() && owners == 0 && self.several_computers {
            found.push(Finding::NoOwner { device: id });
        }
        if let Some(other) = before.iter().find(|other| other.address.is_same_place(&device.address)) {
            found.push(Finding::SamePlace { device: id, other: other.id });
        }
        let named = |target: &ChainTarget| target.target == Target::Device(id);
        let in_chain = self.stations.iter().any(|station| self.chain(*station).iter().any(named));
        let beside = self.terminals.iter().any(|(_, printer)| *printer == Some(id));
        if !in_chain && !beside {
            found.push(Finding::Unused { device: id });
        }
        found
    }
}

/// What a target is for a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A first choice.
    First,
    /// Used while none before it is well; the first backup is 1.
    Backup(u32),
    /// Whoever sends has no printer, so that it is passed over.
    NobodyBeside,
    /// The printer of whoever sends has a place of its own in the chain.
    Named,
}

/// One step of the way that a ticket would take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub target: Target,
    /// The device that it is for this sender.
    pub device: Option<PrinterId>,
    pub part: Part,
}

/// The way of a ticket along a station's chain, when `beside` is the printer of whoever sends it. It is the same way
/// that the queue takes.
pub fn way(chain: &[ChainTarget], beside: Option<PrinterId>) -> Vec<Step> {
    let named = |device| chain.iter().any(|place| place.target == Target::Device(device));
    let step = |place: &ChainTarget| {
        let part = if place.tier == 0 { Part::First } else { Part::Backup(place.tier) };
        let (device, part) = match (place.target, beside) {
            (Target::Sender, None) => (None, Part::NobodyBeside),
            (Target::Sender, Some(device)) if named(device) => (None, Part::Named),
            (Target::Device(device), _) | (Target::Sender, Some(device)) => (Some(device), part),
        };
        Step { target: place.target, device, part }
    };
    chain.iter().map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::station::PrinterProfile;
    use uuid::Uuid;

    fn printer(n: u128) -> PrinterId {
        PrinterId(Uuid::from_u128(n))
    }

    fn station(n: u128) -> StationId {
        StationId(Uuid::from_u128(n))
    }

    fn terminal(n: u128) -> TerminalId {
        TerminalId(Uuid::from_u128(n))
    }

    fn device(n: u128, address: &str) -> Printer {
        let address = address.parse().unwrap();
        Printer { id: printer(n), name: format!("P{n}"), address, profile: PrinterProfile::default() }
    }

    fn target(target: Target, tier: u32) -> ChainTarget {
        ChainTarget { target, tier }
    }

    const SENDER: Target = Target::Sender;

    /// A branch in order: two stations, two printers that stand in for each other, one terminal with one of them.
    struct House {
        chains: HashMap<StationId, Vec<ChainTarget>>,
        devices: Vec<Printer>,
        owners: Vec<(PrinterId, ComputerId)>,
        several_computers: bool,
        terminals: Vec<(TerminalId, Option<PrinterId>)>,
        products: Vec<(CategoryId, ProductId, Option<StationId>)>,
    }

    impl House {
        fn new() -> Self {
            let chain = |first, second| {
                vec![target(Target::Device(printer(first)), 0), target(Target::Device(printer(second)), 1)]
            };
            let product = (CategoryId(Uuid::from_u128(5)), ProductId(Uuid::from_u128(6)), Some(station(1)));
            Self {
                chains: [(station(1), chain(1, 2)), (station(2), chain(2, 1))].into(),
                devices: vec![device(1, "tcp://10.0.0.1"), device(2, "usb:04b8:0e15?serial=A")],
                owners: vec![(printer(2), ComputerId(Uuid::from_u128(9)))],
                several_computers: true,
                terminals: vec![(terminal(1), Some(printer(1))), (terminal(2), None)],
                products: vec![product],
            }
        }

        fn findings(&self) -> Vec<Finding> {
            findings(&Wiring {
                stations: &[station(1), station(2)],
                chains: &self.chains,
                devices: &self.devices,
                owners: &self.owners,
                several_computers: self.several_computers,
                terminals: &self.terminals,
                products: &self.products,
            })
        }

        fn with(change: impl FnOnce(&mut Self)) -> Vec<Finding> {
            let mut house = Self::new();
            change(&mut house);
            house.findings()
        }
    }

    #[test]
    fn a_house_in_order_has_no_finding() {
        assert_eq!(House::new().findings(), []);
    }

    /// Each fault alone is found, and nothing else is.
    #[test]
    fn every_fault_is_found() {
        let (one, two) = (station(1), station(2));
        let only = |target_| vec![target(target_, 0)];
        #[rustfmt::skip]
        let cases = [
            (House::with(|house| drop(house.chains.remove(&two))), Finding::NoTarget { station: two }),
            (House::with(|house| drop(house.chains.insert(two, Vec::new()))), Finding::NoTarget { station: two }),
            (House::with(|house| drop(house.chains.insert(two, only(SENDER)))), Finding::NoPrinterBeside { station: two, terminal: terminal(2) }),
            (House::with(|house| drop(house.chains.insert(one, only(Target::Device(printer(2)))))), Finding::NoBackup { station: one }),
            (House::with(|house| house.devices.push(device(3, "tcp://10.0.0.3"))), Finding::Unused { device: printer(3) }),
            (House::with(|house| house.owners.clear()), Finding::NoOwner { device: printer(2) }),
            (House::with(|house| house.owners.push((printer(2), ComputerId(Uuid::nil())))), Finding::TwoOwners { device: printer(2) }),
            (House::with(|house| house.products[0].2 = None), Finding::Nowhere { category: CategoryId(Uuid::from_u128(5)), products: vec![ProductId(Uuid::from_u128(6))] }),
            (House::with(|house| house.products[0].2 = Some(station(7))), Finding::Nowhere { category: CategoryId(Uuid::from_u128(5)), products: vec![ProductId(Uuid::from_u128(6))] }),
            (House::with(|house| house.devices[1].address = "tcp://10.0.0.1:9100".parse().unwrap()), Finding::SamePlace { device: printer(2), other: printer(1) }),
        ];
        for (found, expected) in cases {
            assert_eq!(found, [expected]);
        }
    }

    #[test]
    fn what_is_no_fault_is_none() {
        // A network printer has heirs, and is anybody's without an owner.
        let heirs = |house: &mut House| {
            house
                .owners
                .extend([(printer(1), ComputerId(Uuid::nil())), (printer(1), ComputerId(Uuid::max()))]);
        };
        assert_eq!(House::with(heirs), []);
        let alone = |house: &mut House| {
            house.owners.clear();
            house.several_computers = false;
        };
        assert_eq!(House::with(alone), [], "one computer is the only one that it can hang on");
        let beside = |house: &mut House| {
            house.devices.push(device(3, "tcp://10.0.0.3"));
            house.terminals[1].1 = Some(printer(3));
        };
        assert_eq!(House::with(beside), [], "bills come out beside a terminal");
    }

    #[test]
    fn the_worst_comes_first() {
        let found = House::with(|house| {
            house.devices.push(device(3, "tcp://10.0.0.3"));
            house.products[0].2 = None;
            house.chains.clear();
        });
        let severities: Vec<Severity> = found.iter().map(Finding::severity).collect();
        let rank = |severity: &Severity| {
            [Severity::Critical, Severity::Warning, Severity::Info].iter().position(|known| known == severity)
        };
        assert!(severities.is_sorted_by_key(rank), "{found:?}");
        assert!(found.len() > 3);
    }

    #[test]
    fn one_place_in_two_spellings() {
        let same = |a: &str, b: &str| {
            let (a, b): (crate::station::PrinterAddress, crate::station::PrinterAddress) =
                (a.parse().unwrap(), b.parse().unwrap());
            assert_eq!(a.is_same_place(&b), b.is_same_place(&a));
            a.is_same_place(&b)
        };
        assert!(same("tcp://Cocina.local", "tcp://cocina.local:9100"));
        assert!(!same("tcp://10.0.0.1", "tcp://10.0.0.1:9101"));
        assert!(same("serial:/dev/ttyS0", "serial:/dev/ttyS0?baud=19200"));
        assert!(same("usb:04b8:0e15?serial=A&path=1-1", "usb:04b8:0e15?serial=A"));
        assert!(!same("usb:04b8:0e15?serial=A", "usb:04b8:0e15?serial=B"));
        assert!(!same("usb:04b8:0e15?path=1-1", "usb:04b8:0e15?path=1-2"));
        assert!(same("usb:04b8:0e15", "usb:04b8:0e15?path=1-2"));
        assert!(same("pdf:/srv/x", "pdf:/srv/x") && !same("pdf:/srv/x", "file:/srv/x"));
    }

    /// Every kind of target against every printer beside whoever sends.
    #[test]
    fn the_way_of_a_ticket() {
        let chain =
            [target(Target::Device(printer(1)), 0), target(SENDER, 1), target(Target::Device(printer(2)), 2)];
        let parts =
            |beside| way(&chain, beside).iter().map(|step| (step.device, step.part)).collect::<Vec<_>>();
        let (first, last) = ((Some(printer(1)), Part::First), (Some(printer(2)), Part::Backup(2)));
        assert_eq!(parts(None), [first, (None, Part::NobodyBeside), last]);
        assert_eq!(parts(Some(printer(2))), [first, (None, Part::Named), last]);
        assert_eq!(parts(Some(printer(3))), [first, (Some(printer(3)), Part::Backup(1)), last]);
        assert_eq!(way(&[], Some(printer(1))), []);
    }
}
