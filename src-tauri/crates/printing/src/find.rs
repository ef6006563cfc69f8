//! Printers that can be reached from this computer, looked for when a person asks and never otherwise.
//!
//! The network is asked address by address, at most the 254 of one small network, a few at a time, and only at the
//! port that printers listen on. What is set up already is not asked: most printers serve one connection, and a
//! ticket may be on it.

use crate::link::{Deadlines, Link};
use fastops_domain::job::Cause;
use fastops_domain::station::{PrinterAddress, RAW_PORT};
use std::collections::BTreeSet;
use std::net::{Ipv4Addr, UdpSocket};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};

pub use crate::link::{SerialDevice, UsbDevice, queues, serial_devices, usb_devices};

/// How a search is bounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Addresses that are asked at the same time.
    pub at_once: usize,
    /// How long one address may take to take a connection.
    pub connect: Duration,
    /// How long the whole search may take.
    pub all: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { at_once: 32, connect: Duration::from_millis(400), all: Duration::from_secs(15) }
    }
}

/// A small network that may be searched: the 256 addresses around one, of which the first and the last are no
/// computer's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network([u8; 3]);

impl Network {
    /// The network around an address of a house. None for an address of the wide world: strangers are not searched.
    pub fn around(address: Ipv4Addr) -> Option<Self> {
        let ours = address.is_private() || address.is_loopback() || address.is_link_local();
        let [a, b, c, _] = address.octets();
        ours.then_some(Self([a, b, c]))
    }

    /// Reads `192.168.1.0/24`, or any address of the network.
    pub fn read(text: &str) -> Option<Self> {
        let address = text.trim();
        let address = address.strip_suffix("/24").unwrap_or(address);
        Self::around(address.parse().ok()?)
    }

    /// The network that this computer is in, as far as the system says which way out it would take. Nothing is sent.
    pub fn own() -> Option<Self> {
        let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
        // An address that nobody has: the system only chooses the way.
        socket.connect((Ipv4Addr::new(203, 0, 113, 1), RAW_PORT)).ok()?;
        match socket.local_addr().ok()?.ip() {
            std::net::IpAddr::V4(address) => Self::around(address),
            std::net::IpAddr::V6(_) => None,
        }
    }

    fn hosts(self) -> impl Iterator<Item = Ipv4Addr> {
        let [a, b, c] = self.0;
        (1..=254).map(move |last| Ipv4Addr::new(a, b, c, last))
    }
}

impl std::fmt::Display for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [a, b, c] = self.0;
        write!(f, "{a}.{b}.{c}.0/24")
    }
}

/// Something that takes connections at a printer's port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub host: Ipv4Addr,
    /// Whether it answered a question that printers know.
    pub answered: bool,
    /// The model as it calls itself.
    pub model_id: Option<String>,
    /// What keeps it from printing, when it said so.
    pub trouble: Option<Cause>,
}

/// What a search of a network gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// By address.
    pub found: Vec<Found>,
    /// Whether every address was asked before the time was up.
    pub complete: bool,
}

/// Asks each address of a network but those of `known`.
pub async fn search(network: Network, known: &BTreeSet<Ipv4Addr>, bounds: Bounds) -> Search {
    search_port(network, known, RAW_PORT, bounds).await
}

async fn search_port(network: Network, known: &BTreeSet<Ipv4Addr>, port: u16, bounds: Bounds) -> Search {
    let deadline = Instant::now() + bounds.all;
    let mut hosts = network.hosts().filter(|host| !known.contains(host)).peekable();
    let mut asked: JoinSet<Option<Found>> = JoinSet::new();
    let mut found = Vec::new();
    let mut complete = true;
    loop {
        while asked.len() < bounds.at_once.max(1)
            && let Some(host) = hosts.next()
        {
            asked.spawn(ask(host, port, bounds.connect));
        }
        match timeout_at(deadline, asked.join_next()).await {
            Ok(Some(answer)) => found.extend(answer.ok().flatten()),
            Ok(None) => break,
            Err(_) => {
                complete = false;
                break;
            }
        }
    }
    found.sort_by_key(|printer| printer.host);
    Search { found, complete }
}

async fn ask(host: Ipv4Addr, port: u16, connect: Duration) -> Option<Found> {
    let connect_ms = u64::try_from(connect.as_millis()).unwrap_or(u64::MAX);
    let deadlines = Deadlines { connect_ms, ..Deadlines::default() };
    let address = PrinterAddress::Tcp { host: host.to_string(), port };
    let nothing_said = |trouble| Found { host, answered: false, model_id: None, trouble };
    let mut link = match Link::open(&address, &deadlines).await {
        Ok(link) => link,
        // It is there, and serves somebody else now.
        Err(trouble) if trouble.cause == Cause::Busy => return Some(nothing_said(Some(Cause::Busy))),
        Err(_) => return None,
    };
    let greeting = link.greet().await;
    link.close().await;
    Some(match greeting {
        Ok((status, model_id)) => {
            Found { host, answered: status.answered, model_id, trouble: status.obstruction() }
        }
        // One that serves somebody else takes the connection, and shuts it as soon as it is asked.
        Err(trouble) => nothing_said(Some(trouble.cause)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use fastops_printer_sim::paper::Block;
    use fastops_printer_sim::{Condition, ConnectionPolicy, Simulator, SimulatorConfig};
    use std::net::SocketAddr;
    use std::sync::Arc;

    const PATIENT: Bounds =
        Bounds { at_once: 64, connect: Duration::from_secs(20), all: Duration::from_mins(2) };

    #[test]
    fn only_small_networks_of_houses_are_searched() {
        let read = |text| Network::read(text).map(|network| network.to_string());
        assert_eq!(read("192.168.1.0/24").as_deref(), Some("192.168.1.0/24"));
        assert_eq!(read(" 10.4.5.77 ").as_deref(), Some("10.4.5.0/24"));
        assert_eq!(read("127.0.0.1").as_deref(), Some("127.0.0.0/24"));
        for text in ["8.8.8.8", "192.168.0.0/16", "192.168.1.0/8", "0.0.0.0", "casa", "", "fe80::1"] {
            assert_eq!(read(text), None, "{text}");
        }
        let network = Network::read("127.0.0.1").unwrap();
        assert_eq!(network.hosts().count(), 254);
        assert!(network.hosts().all(|host| !matches!(host.octets()[3], 0 | 255)));
    }

    async fn printer(host: Ipv4Addr, port: u16, change: impl FnOnce(&mut SimulatorConfig)) -> Simulator {
        let mut config = SimulatorConfig::instant("Cocina", Arc::new(|| 0));
        config.listen = SocketAddr::from((host, port));
        change(&mut config);
        Simulator::start(config).await.unwrap()
    }

    /// In the loopback range alone, at a port of its own.
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn what_listens_is_found_and_what_is_known_is_left_alone() {
        let host = |last| Ipv4Addr::new(127, 91, 3, last);
        let first = printer(host(7), 0, |_| {}).await;
        let port = first.addr().port();
        let second = printer(host(9), port, |config| config.model.answers.identity = false).await;
        second.set(Condition::PaperOut);
        let known = printer(host(11), port, |_| {}).await;
        let network = Network::around(host(1)).unwrap();
        let search = search_port(network, &[host(11)].into(), port, PATIENT).await;
        let found = |last, model_id: Option<&str>, trouble| Found {
            host: host(last),
            answered: true,
            model_id: model_id.map(str::to_owned),
            trouble,
        };
        assert_eq!(search.found, [found(7, Some("TM-SIM80"), None), found(9, None, Some(Cause::PaperOut))]);
        assert!(search.complete);
        assert_eq!(known.connections(), 0, "a ticket may be on its connection");
        for printer in [first, second, known] {
            let blank = printer.uncut().iter().all(|block| matches!(block, Block::Feed(_)));
            assert!(printer.slips().is_empty() && blank, "nothing comes out");
            printer.stop().await;
        }
    }

    /// A till has each of them at this moment. One that keeps silent cannot be told from a stranger.
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_printer_that_serves_another_is_named_as_busy() {
        let host = |last| Ipv4Addr::new(127, 91, 5, last);
        let mut port = 0;
        let mut busy = Vec::new();
        for (last, policy) in
            [(7, ConnectionPolicy::Refuse), (8, ConnectionPolicy::Drop), (9, ConnectionPolicy::Mute)]
        {
            let printer = printer(host(last), port, |config| config.policy = policy).await;
            port = printer.addr().port();
            let address = PrinterAddress::Tcp { host: host(last).to_string(), port };
            let mut till = Link::open(&address, &Deadlines::default()).await.unwrap();
            while !till.status().await.unwrap().answered {}
            busy.push((printer, till));
        }
        let search = search_port(Network::around(host(1)).unwrap(), &BTreeSet::new(), port, PATIENT).await;
        let found = |last, trouble| Found { host: host(last), answered: false, model_id: None, trouble };
        assert_eq!(search.found, [found(7, Some(Cause::Busy)), found(8, Some(Cause::Busy)), found(9, None)]);
        for (printer, till) in busy {
            till.close().await;
            printer.stop().await;
        }
    }

    #[tokio::test]
    async fn a_search_ends_in_its_time() {
        let bounds = Bounds { all: Duration::ZERO, ..PATIENT };
        let network = Network::around(Ipv4Addr::new(127, 91, 4, 1)).unwrap();
        let search = search_port(network, &BTreeSet::new(), 1, bounds).await;
        assert!(!search.complete);
    }
}
