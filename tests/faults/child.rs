//! The test binary as another process: a core that may be killed, or whose disk may fail, without
//! taking the test with it. What it has to tell, it tells line by line over a socket.

use crate::house::{PATIENCE, new_id};
use fastops_app::wire::{CreateOrder, Failure, GetMenu, GetTerminal, LogIn, MenuView, NewLine, OrderType};
use fastops_app::{App, Caller};
use std::process::{Command, ExitStatus, Stdio};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::net::{TcpListener, TcpStream};

/// Where the parent listens.
const PARENT: &str = "FASTOPS_CHILD_OF";

/// A process that does not outlive its test.
pub(super) struct Child {
    process: std::process::Child,
    lines: Lines<BufReader<TcpStream>>,
}

impl Child {
    /// Runs one function of this binary, which has to be a test that calls [`Parent::call`].
    pub(super) async fn run(function: &str, set_up: impl FnOnce(&mut Command)) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", function, "--nocapture"]);
        command.env(PARENT, listener.local_addr().unwrap().to_string());
        set_up(&mut command);
        let process = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
        let (socket, _) = tokio::time::timeout(PATIENCE, listener.accept()).await.unwrap().unwrap();
        Self { process, lines: BufReader::new(socket).lines() }
    }

    /// The next line. None: it is gone, and all that it told was read.
    pub(super) async fn line(&mut self) -> Option<String> {
        let line = tokio::time::timeout(PATIENCE, self.lines.next_line()).await;
        line.expect("the child says nothing and does not end").ok().flatten()
    }

    /// All that it still tells, and how it ended.
    pub(super) async fn rest(mut self) -> (Vec<String>, ExitStatus) {
        let mut lines = Vec::new();
        while let Some(line) = self.line().await {
            lines.push(line);
        }
        (lines, self.process.wait().unwrap())
    }

    /// The number of its process.
    pub(super) fn id(&self) -> u32 {
        self.process.id()
    }

    pub(super) fn kill(&mut self) {
        // On Unix this is SIGKILL: no handler, no flush, no goodbye.
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The child's end of the socket.
pub(super) struct Parent(TcpStream);

impl Parent {
    /// None when this process is an ordinary run of the tests, in which the child's function does nothing.
    /// From here on a panic anywhere ends the process, so that the parent learns of it.
    pub(super) async fn call() -> Option<Self> {
        let parent = std::env::var(PARENT).ok()?;
        let report = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            report(panic);
            std::process::abort();
        }));
        Some(Self(TcpStream::connect(parent).await.unwrap()))
    }

    pub(super) async fn tell(&mut self, line: &str) {
        self.0.write_all(format!("{line}\n").as_bytes()).await.unwrap();
    }

    /// Waits to be killed; a parent that is gone ends it too.
    pub(super) async fn wait(&mut self) {
        let mut byte = [0_u8; 1];
        let _ = tokio::io::AsyncReadExt::read(&mut self.0, &mut byte).await;
    }
}

/// Runs what the child does.
pub(super) fn block_on(work: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(work);
}

/// Ana of the demo company, at work with a menu.
pub(super) struct Waiter {
    pub(super) caller: Caller,
    menu: MenuView,
}

impl Waiter {
    pub(super) async fn sign_in(app: &App) -> Result<Self, Failure> {
        Self::sign_in_as(app, "Ana", "4444").await
    }

    pub(super) async fn sign_in_as(app: &App, name: &str, pin: &str) -> Result<Self, Failure> {
        let nobody = Caller::default();
        let terminal = app.perform(&nobody, GetTerminal {}).await?;
        let ana = terminal.users.iter().find(|user| user.name == name).unwrap();
        let request = LogIn { user_id: ana.id, pin: pin.into(), terminal_id: terminal.terminals[0].id };
        let answer = app.perform(&nobody, request).await?;
        let caller = Caller { session: Some(answer.session), ..nobody };
        let menu = app.perform(&caller, GetMenu {}).await?;
        Ok(Self { caller, menu })
    }

    /// One line for each station.
    pub(super) fn order(&self) -> CreateOrder {
        CreateOrder {
            command_id: new_id(),
            order_id: new_id(),
            order_type: OrderType::Counter,
            table_id: None,
            customer: None,
            covers: None,
            note: None,
            urgent: false,
            contact: None,
            lines: one_for_each_station(&self.menu),
        }
    }

    /// The same, with a beer that is counted for the bar.
    pub(super) fn counted_order(&self) -> CreateOrder {
        CreateOrder { lines: lines_of(&self.menu, ["307", COUNTED, "801"]), ..self.order() }
    }

    /// One line for each station.
    pub(super) fn lines(&self) -> Vec<NewLine> {
        one_for_each_station(&self.menu)
    }
}

/// A product of each station, one of each, with the first answers of the forced questions.
pub(super) fn one_for_each_station(menu: &MenuView) -> Vec<NewLine> {
    lines_of(menu, ["307", "602", "801"])
}

/// The code of a product of which there are several hundred on the shelf.
pub(super) const COUNTED: &str = "701";

fn lines_of(menu: &MenuView, codes: [&str; 3]) -> Vec<NewLine> {
    let line = |code: &str| {
        let product = menu.products.iter().find(|product| product.short_code == code).unwrap();
        let forced = product.group_ids.iter().flat_map(|id| {
            let group = menu.groups.iter().find(|group| group.id == *id).unwrap();
            group.modifiers.iter().take(group.min as usize).map(|modifier| modifier.id)
        });
        NewLine {
            id: new_id(),
            product_id: product.id,
            variant_id: None,
            quantity: 1,
            modifier_ids: forced.collect(),
            note: None,
            allergy: None,
            course: 1,
            seat: None,
            held: false,
            parts: Vec::new(),
        }
    };
    codes.map(line).into()
}
