//! Targets that are no printers: a folder, a kitchen screen, a mailbox, and the printer of whoever sent the order.

use crate::house::{Engine, House, PATIENCE, new_id, ticket_number};
use crate::mail_server::{MailServer, Manner};
use fastops_app::wire::{
    Cause, ChainPlace, GetPrintSetup, GetQueueStatus, JobState, ListKitchenTickets, LogIn, MailSecurity,
    OrderStatus, OrderView, PrintSetup, SaveDevice, Secret, SeeTickets, SetBreaker, SetMailServer,
    SetStationChain, SetTerminalPrinter, ShowStation, TicketState,
};
use fastops_app::{Caller, DEMO_USERS, Language};
use fastops_domain::outlet::ScreenPolicy;
use fastops_printer_sim::Condition;
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;
use tokio::task::JoinHandle;
use uuid::Uuid;

super::on_both_engines!(
    a_folder_stands_in_and_the_sender_is_told_where,
    a_folder_that_is_gone_is_passed_over_until_it_is_back,
    what_waits_at_a_backup_goes_back_when_the_first_is_well,
    a_screen_takes_tickets_while_somebody_shows_the_station,
    a_ticket_at_a_screen_that_goes_dark_comes_out_elsewhere_marked,
    the_printer_of_the_sender_is_a_target,
    a_mailbox_stands_in,
    a_mail_server_that_says_no_is_passed_over,
    a_mail_that_may_have_gone_out_comes_out_marked_elsewhere,
);

/// A house whose kitchen has further targets.
pub(super) struct Setup {
    pub(super) house: House,
    pub(super) admin: Caller,
    pub(super) ana: Caller,
}

impl Setup {
    pub(super) async fn open(engine: Engine) -> Self {
        Self::around(House::open(engine).await).await
    }

    async fn around(house: House) -> Self {
        let (admin, ana) = (house.sign_in("Camila").await, house.sign_in("Ana").await);
        Self { house, admin, ana }
    }

    pub(super) async fn setup(&self) -> PrintSetup {
        self.house.app.perform(&self.admin, GetPrintSetup {}).await.unwrap()
    }

    pub(super) async fn device(&self, name: &str) -> Uuid {
        self.setup().await.devices.iter().find(|device| device.name == name).unwrap().id
    }

    pub(super) async fn add(&self, name: &str, address: String) -> Uuid {
        let device_id = new_id();
        let save = SaveDevice { command_id: new_id(), device_id, name: name.into(), address, profile: None };
        self.house.app.perform(&self.admin, save).await.unwrap();
        device_id
    }

    async fn folder(&self) -> (Uuid, TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let device = self.add("Carpeta", format!("pdf:{}", folder.path().display())).await;
        (device, folder)
    }

    /// The kitchen's own printer first, then these, each a backup of those before.
    async fn kitchen_then(&self, backups: &[ChainPlace]) {
        let own = ChainPlace::Device(self.device("Cocina").await);
        let tiers = std::iter::once(own).chain(backups.iter().copied()).map(|place| vec![place]).collect();
        let station_id = self.house.station("cocina");
        let chain = SetStationChain { command_id: new_id(), station_id, tiers };
        self.house.app.perform(&self.admin, chain).await.unwrap();
    }

    /// Takes the kitchen's printer out of use, or back into it.
    async fn kitchen_is_out(&self, out: bool) {
        let printer_id = self.device("Cocina").await;
        let steer = SetBreaker { command_id: new_id(), printer_id, open: out };
        self.house.app.perform(&self.admin, steer).await.unwrap();
    }

    pub(super) async fn send(&self) -> OrderView {
        self.send_as(&self.ana).await
    }

    async fn send_as(&self, who: &Caller) -> OrderView {
        self.house.app.perform(who, self.house.take_away(&[("307", 1)])).await.unwrap()
    }

    pub(super) async fn until(&self, order: &OrderView, job: JobState) -> OrderView {
        self.house.until(&self.ana, order.id, |order| order.tickets[0].job == job).await
    }

    /// Waits until a lane has this trouble, or none.
    pub(super) async fn trouble(&self, device: &str, cause: Option<Cause>) {
        let mut events = self.house.app.subscribe();
        let found = tokio::time::timeout(PATIENCE, async {
            loop {
                let status = self.house.app.perform(&self.admin, GetQueueStatus {}).await.unwrap();
                if status.lanes.iter().any(|lane| lane.printer == device && lane.cause == cause) {
                    return;
                }
                let _ = events.recv().await;
            }
        });
        found.await.unwrap_or_else(|_| panic!("{device} never had {cause:?}"));
    }

    async fn show(&self, screen_id: Uuid, shows: bool) {
        let station_id = shows.then(|| self.house.station("cocina"));
        let cook = self.house.sign_in("Cocina").await;
        self.house.app.perform(&cook, ShowStation { screen_id, station_id }).await.unwrap();
    }

    /// A screen at work: it says again and again that it shows the kitchen.
    async fn keep_showing(&self, screen_id: Uuid) -> JoinHandle<()> {
        let (app, cook) = (self.house.app.clone(), self.house.sign_in("Cocina").await);
        let station_id = Some(self.house.station("cocina"));
        tokio::spawn(async move {
            loop {
                app.perform(&cook, ShowStation { screen_id, station_id }).await.unwrap();
                tokio::time::sleep(Duration::from_millis(300)).await;
            }
        })
    }

    /// Papers of the kitchen that say what they stand in for.
    pub(super) fn backups_at(&self, printer: &str, order: &OrderView) -> usize {
        let papers = self.house.papers_of(printer, order.tickets[0].number);
        papers.iter().filter(|slip| slip.contains("RESPALDO DE COCINA")).count()
    }

    async fn mail_server(&self, server: &MailServer) {
        let said = fastops_app::wire::MailServer {
            host: server.addr.ip().to_string(),
            port: server.addr.port(),
            security: MailSecurity::None,
            user: Some("fonda".into()),
            from: "pedidos@fonda.co".into(),
        };
        let password = Some(Secret("llave de prueba".into()));
        let said = SetMailServer { command_id: new_id(), server: Some(said), password };
        self.house.app.perform(&self.admin, said).await.unwrap();
    }
}

fn pages(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

async fn a_folder_stands_in_and_the_sender_is_told_where(engine: Engine) {
    let setup = Setup::open(engine).await;
    let (device, folder) = setup.folder().await;
    setup.kitchen_then(&[ChainPlace::Device(device)]).await;
    setup.kitchen_is_out(true).await;
    let order = setup.send().await;
    let done = setup.until(&order, JobState::Unconfirmed).await;
    assert_eq!(done.status, OrderStatus::Sent, "nobody proved that a person has it");
    let ticket = &done.tickets[0];
    let told = ticket.went_to.as_ref().unwrap();
    assert_eq!(told.es, format!("Salió en PDF, carpeta {}.", folder.path().display()));
    assert!(told.en.contains("as a PDF in the folder") && !ticket.possible_duplicate);
    let names = pages(folder.path());
    assert_eq!(names.len(), 1, "one page and nothing unfinished: {names:?}");
    assert!(names[0].ends_with(&format!(" Cocina {:03}.pdf", ticket.number)), "{names:?}");
    let page = std::fs::read(folder.path().join(&names[0])).unwrap();
    assert!(holds(&page, "RESPALDO DE COCINA") && holds(&page, "%%EOF"));

    setup.kitchen_is_out(false).await;
    let next = setup.send().await;
    setup.until(&next, JobState::Printed).await;
    assert_eq!(setup.house.papers_of("cocina", next.tickets[0].number).len(), 1, "back by itself");
    assert_eq!(pages(folder.path()).len(), 1);
    setup.house.close().await;
}

async fn a_folder_that_is_gone_is_passed_over_until_it_is_back(engine: Engine) {
    let setup = Setup::open(engine).await;
    let (device, folder) = setup.folder().await;
    let bar = ChainPlace::Device(setup.device("Bar").await);
    setup.kitchen_then(&[ChainPlace::Device(device), bar]).await;
    setup.kitchen_is_out(true).await;
    std::fs::remove_dir(folder.path()).unwrap();
    setup.trouble("Carpeta", Some(Cause::FolderMissing)).await;
    let order = setup.send().await;
    setup.until(&order, JobState::Printed).await;
    assert_eq!(setup.backups_at("bar", &order), 1);
    std::fs::create_dir(folder.path()).unwrap();
    setup.trouble("Carpeta", None).await;
    let next = setup.send().await;
    setup.until(&next, JobState::Unconfirmed).await;
    assert_eq!(pages(folder.path()).len(), 1);
    setup.house.close().await;
}

/// The ticket waits at the folder, which is gone; nothing else would do until the first printer is back.
async fn what_waits_at_a_backup_goes_back_when_the_first_is_well(engine: Engine) {
    let setup = Setup::open(engine).await;
    let (device, folder) = setup.folder().await;
    setup.kitchen_then(&[ChainPlace::Device(device)]).await;
    setup.kitchen_is_out(true).await;
    setup.house.printer("cocina").set(Condition::PaperOut);
    setup.trouble("Carpeta", None).await;
    std::fs::remove_dir(folder.path()).unwrap();
    let order = setup.send().await;
    let held = setup.until(&order, JobState::Blocked).await;
    assert!(held.tickets[0].problem.is_some(), "{held:#?}");
    setup.house.printer("cocina").set(Condition::Ready);
    setup.kitchen_is_out(false).await;
    setup.until(&order, JobState::Printed).await;
    let papers = setup.house.papers_of("cocina", order.tickets[0].number);
    assert_eq!(papers.len(), 1);
    assert!(!papers[0].contains("RESPALDO") && !papers[0].contains("POSIBLE DUPLICADO"));
    setup.house.close().await;
}

async fn a_screen_takes_tickets_while_somebody_shows_the_station(engine: Engine) {
    let setup = Setup::open(engine).await;
    let screen = setup.add("Pantalla", "screen:cocina".into()).await;
    let bar = ChainPlace::Device(setup.device("Bar").await);
    setup.kitchen_then(&[ChainPlace::Device(screen), bar]).await;
    setup.kitchen_is_out(true).await;
    setup.trouble("Pantalla", Some(Cause::NoScreen)).await;
    let alone = setup.send().await;
    setup.until(&alone, JobState::Printed).await;
    assert_eq!(setup.backups_at("bar", &alone), 1, "nobody would see it on a screen");

    let shown = new_id();
    let signs = setup.keep_showing(shown).await;
    setup.trouble("Pantalla", None).await;
    let order = setup.send().await;
    let done = setup.until(&order, JobState::Unconfirmed).await;
    assert_eq!(done.tickets[0].state, TicketState::New, "on the screen, and no cook has seen it");
    assert_eq!(done.tickets[0].went_to.as_ref().unwrap().es, "Salió en la pantalla de cocina.");
    let cook = setup.house.sign_in("Cocina").await;
    let station_id = setup.house.station("cocina");
    let board = setup.house.app.perform(&cook, ListKitchenTickets { station_id }).await.unwrap();
    let card = |order: &OrderView| board.tickets.iter().find(|card| card.order_id == order.id).unwrap();
    assert!(card(&order).backup && !card(&alone).backup, "only what came out of no printer is labelled");
    let ticket_ids = vec![done.tickets[0].id];
    setup.house.app.perform(&cook, SeeTickets { command_id: new_id(), ticket_ids }).await.unwrap();
    let seen = setup.house.order(&setup.ana, order.id).await;
    assert_eq!((seen.tickets[0].job, seen.status), (JobState::Unconfirmed, OrderStatus::Preparing));

    signs.abort();
    assert!(signs.await.unwrap_err().is_cancelled());
    setup.show(shown, false).await;
    setup.trouble("Pantalla", Some(Cause::NoScreen)).await;
    let after = setup.send().await;
    setup.until(&after, JobState::Printed).await;
    assert_eq!(setup.backups_at("bar", &after), 1);
    setup.house.close().await;
}

/// The screen went dark a moment ago and nobody knows yet: the ticket that it was given is not lost, and may have
/// been seen for a moment.
async fn a_ticket_at_a_screen_that_goes_dark_comes_out_elsewhere_marked(engine: Engine) {
    let setup = Setup::open(engine).await;
    let screen = setup.add("Pantalla", "screen:cocina".into()).await;
    let bar = ChainPlace::Device(setup.device("Bar").await);
    setup.kitchen_then(&[ChainPlace::Device(screen), bar]).await;
    setup.kitchen_is_out(true).await;
    // A sign of life that lasts for as long as this machine may need to send the order.
    let alive = ScreenPolicy { alive_ms: 15_000, beat_ms: 2_000 };
    let Setup { house, .. } = setup;
    let setup = Setup::around(house.restart_with(|config| config.screens = alive).await).await;
    setup.kitchen_is_out(true).await;
    setup.show(new_id(), true).await;
    setup.trouble("Pantalla", None).await;
    let order = setup.send().await;
    let at_screen = setup.until(&order, JobState::Sent).await;
    assert_eq!(at_screen.tickets[0].stand_in.as_deref(), Some("Pantalla"));
    let done = setup.until(&order, JobState::Printed).await;
    assert!(done.tickets[0].possible_duplicate);
    let papers = setup.house.papers_of("bar", order.tickets[0].number);
    assert!(papers[0].contains("RESPALDO DE COCINA") && papers[0].contains("POSIBLE DUPLICADO"));
    setup.house.close().await;
}

async fn the_printer_of_the_sender_is_a_target(engine: Engine) {
    let setup = Setup::open(engine).await;
    let (bar, desserts) = (setup.device("Bar").await, setup.device("Postres").await);
    setup.kitchen_then(&[ChainPlace::Sender, ChainPlace::Device(desserts)]).await;
    let (own, other) = (&setup.house.terminal.terminals[0], &setup.house.terminal.terminals[1]);
    let beside = SetTerminalPrinter { command_id: new_id(), terminal_id: own.id, printer_id: Some(bar) };
    setup.house.app.perform(&setup.admin, beside).await.unwrap();
    let user = DEMO_USERS.iter().find(|user| user.name == "Luis").unwrap();
    let user_id = setup.house.terminal.users.iter().find(|known| known.name == "Luis").unwrap().id;
    let log_in = LogIn { user_id, pin: user.pin.into(), terminal_id: other.id };
    let answer = setup.house.app.perform(&Caller::default(), log_in).await.unwrap();
    let luis = Caller { session: Some(answer.session), language: Language::Es, ..Caller::default() };

    // What waits goes where its own sender is; so does what is sent from now on.
    setup.house.printer("cocina").set(Condition::PaperOut);
    let (mine, theirs) = (setup.send().await, setup.send_as(&luis).await);
    setup.until(&mine, JobState::Blocked).await;
    setup.kitchen_is_out(true).await;
    let (late, later) = (setup.send().await, setup.send_as(&luis).await);
    for order in [&mine, &theirs, &late, &later] {
        setup.until(order, JobState::Printed).await;
    }
    for (order, printer) in [(&mine, "bar"), (&theirs, "postres"), (&late, "bar"), (&later, "postres")] {
        assert_eq!(setup.backups_at(printer, order), 1, "{printer}");
    }
    let at = |printer: &str| -> Vec<i64> {
        setup.house.printer(printer).slips().iter().filter_map(|slip| ticket_number(slip)).collect()
    };
    assert_eq!((at("bar").len(), at("postres").len(), at("cocina").len()), (2, 2, 0), "each once");
    setup.house.close().await;
}

async fn a_mailbox_stands_in(engine: Engine) {
    let setup = Setup::open(engine).await;
    let server = MailServer::start().await;
    let mailbox = setup.add("Correo", "mailto:cocina@fonda.co".into()).await;
    setup.kitchen_then(&[ChainPlace::Device(mailbox)]).await;
    setup.trouble("Correo", Some(Cause::MailUnset)).await;
    setup.mail_server(&server).await;
    setup.trouble("Correo", None).await;
    setup.kitchen_is_out(true).await;
    let order = setup.send().await;
    let done = setup.until(&order, JobState::Unconfirmed).await;
    assert_eq!(done.tickets[0].went_to.as_ref().unwrap().es, "Salió por correo a cocina@fonda.co.");
    let mails = server.mails();
    assert_eq!(mails.len(), 1, "once");
    for words in [
        "From: pedidos@fonda.co",
        "To: cocina@fonda.co",
        "Subject: RESPALDO DE COCINA",
        "application/pdf",
        "PARA LLEVAR",
    ] {
        assert!(mails[0].contains(words), "{words} is not in {}", mails[0]);
    }
    let kept = setup.house.folder.path().join("mail.password");
    assert_eq!(std::fs::read_to_string(&kept).unwrap(), "llave de prueba");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&kept).unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert!(!server.passwords().is_empty());
    setup.house.close().await;
}

/// Nothing has gone out, so the paper that comes out elsewhere is not marked.
async fn a_mail_server_that_says_no_is_passed_over(engine: Engine) {
    let setup = Setup::open(engine).await;
    let server = MailServer::start().await;
    setup.mail_server(&server).await;
    let mailbox = setup.add("Correo", "mailto:cocina@fonda.co".into()).await;
    let bar = ChainPlace::Device(setup.device("Bar").await);
    setup.kitchen_then(&[ChainPlace::Device(mailbox), bar]).await;
    let Setup { house, .. } = setup;
    let setup = Setup::around(house.restart_with(|config| config.deadlines.mail_ms = 2_000).await).await;
    setup.kitchen_is_out(true).await;
    for (manner, cause) in [
        (Manner::RefusesLogin, Cause::MailLogin),
        (Manner::RefusesAddress, Cause::MailRefused),
        (Manner::RefusesMail, Cause::MailRefused),
        (Manner::Hangs, Cause::MailUnreachable),
    ] {
        server.set(manner);
        let order = setup.send().await;
        let done = setup.until(&order, JobState::Printed).await;
        assert_eq!(setup.backups_at("bar", &order), 1, "{manner:?}");
        assert!(!done.tickets[0].possible_duplicate, "{manner:?}");
        setup.trouble("Correo", Some(cause)).await;
        // As whoever corrects it would: what is known of a server that was changed is nothing.
        server.set(Manner::Takes);
        let address = format!("mailto:cocina{}@fonda.co", order.number);
        let save = SaveDevice {
            command_id: new_id(),
            device_id: mailbox,
            name: "Correo".into(),
            address,
            profile: None,
        };
        setup.house.app.perform(&setup.admin, save).await.unwrap();
        setup.trouble("Correo", None).await;
    }
    assert!(server.mails().is_empty());
    setup.house.close().await;
}

/// The server has the whole mail and never said so.
async fn a_mail_that_may_have_gone_out_comes_out_marked_elsewhere(engine: Engine) {
    let setup = Setup::open(engine).await;
    let server = MailServer::start().await;
    setup.mail_server(&server).await;
    let mailbox = setup.add("Correo", "mailto:cocina@fonda.co".into()).await;
    let bar = ChainPlace::Device(setup.device("Bar").await);
    setup.kitchen_then(&[ChainPlace::Device(mailbox), bar]).await;
    setup.kitchen_is_out(true).await;
    server.set(Manner::TakesAndIsGone);
    let order = setup.send().await;
    let done = setup.until(&order, JobState::Printed).await;
    assert!(done.tickets[0].possible_duplicate);
    assert_eq!(server.mails().len(), 1);
    let papers = setup.house.papers_of("bar", order.tickets[0].number);
    assert!(papers[0].contains("POSIBLE DUPLICADO"));
    setup.house.close().await;
}

/// The password is in no database, no audit row and no log.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_password_is_nowhere_but_in_its_file() {
    let setup = Setup::open(Engine::Sqlite).await;
    let server = MailServer::start().await;
    let heard = crate::log::listen();
    setup.mail_server(&server).await;
    assert!(!format!("{:?}", Secret("llave de prueba".into())).contains("llave"));
    let lines = heard.lines();
    assert!(lines.iter().all(|line| !line.contains("llave de prueba")), "{lines:?}");
    let data = setup.house.folder.path().to_owned();
    let mut files = 0;
    for entry in std::fs::read_dir(&data).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() && path.file_name().is_none_or(|name| name != "mail.password") {
            assert!(!holds(&std::fs::read(&path).unwrap(), "llave de prueba"), "{}", path.display());
            files += 1;
        }
    }
    assert!(files > 0, "the database is among them");
    setup.house.close().await;
}
