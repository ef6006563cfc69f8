//! `serve`: the core over HTTP until it is told to stop.

use crate::Quiet;
use crate::args::Serve;
use crate::clock;
use crate::exit::{Exit, Stop};
use crate::host::{Host, Screens, Token};
use crate::output::Output;
use crate::places::{self, OwnPrinters};
use crate::words::Phrase;
use fastops_app::{App, AppConfig, DemoSetup, follow_turbo};
use fastops_printer_sim::{self as sim, DemoPrinters};
use serde_json::json;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// The demonstration's printers: the station's code and the name on the printer.
const SIMULATED: [(&str, &str); 3] = [("cocina", "Cocina"), ("bar", "Bar"), ("postres", "Postres")];
/// Where the simulated printers' paper is kept, in the folder of the data.
const PAPER: &str = "paper";

pub(crate) async fn run(arguments: Serve, quiet: Quiet, output: Output) -> Result<Exit, Stop> {
    check_loopback(arguments.listen, output)?;
    let screens = screens(arguments.ui.as_deref(), output)?;
    let mut config = places::config(arguments.data, arguments.demo, output)?;
    let listener = TcpListener::bind(arguments.listen).await.map_err(|error| {
        Stop::failure(output.words(&Phrase::CannotListen { address: arguments.listen, error: &error }))
    })?;
    let printers = if arguments.demo { simulate(&mut config, output).await? } else { None };
    let folder = config.folder.clone();
    let app = App::start(config).await?;
    let turbo = tokio::spawn(follow_turbo(app.subscribe(), quiet));
    let served = serve(&app, listener, &folder, printers.clone(), screens, arguments.open, output).await;
    output.say(&Phrase::Stopping);
    app.stop().await;
    turbo.abort();
    if let Some(printers) = printers.and_then(Arc::into_inner) {
        printers.stop().await;
    }
    served.map(|()| Exit::Done)
}

/// Until the traffic is encrypted and devices are paired, only this computer may connect.
fn check_loopback(address: SocketAddr, output: Output) -> Result<(), Stop> {
    if address.ip().is_loopback() {
        Ok(())
    } else {
        Err(Stop::usage(output.words(&Phrase::OnlyLoopback { address })))
    }
}

fn screens(folder: Option<&Path>, output: Output) -> Result<Option<Screens>, Stop> {
    let Some(folder) = folder else { return Ok(None) };
    match Screens::find(folder) {
        Some(screens) => Ok(Some(screens)),
        None => Err(Stop::usage(output.words(&Phrase::NoScreens { folder: folder.display() }))),
    }
}

/// Starts the simulated printers and points the demonstration at them, unless its printers were chosen
/// by hand.
async fn simulate(config: &mut AppConfig, output: Output) -> Result<Option<Arc<DemoPrinters>>, Stop> {
    let mut setup = DemoSetup::default();
    if OwnPrinters::of(&config.folder).are_chosen() {
        config.demo = Some(setup);
        output.say(&Phrase::OwnPrintersStay);
        return Ok(None);
    }
    let paper = config.folder.join(PAPER);
    let printer = |name: &str| {
        let mut printer = sim::DemoSetup::new(name);
        printer.paper_dir = Some(paper.clone());
        printer
    };
    let wanted = SIMULATED.iter().map(|(_, name)| printer(name)).collect();
    let printers = DemoPrinters::start_with(wanted, Arc::new(clock::now_ms))
        .await
        .map_err(|error| Stop::failure(output.words(&Phrase::SimulatorsFailed { error: &error })))?;
    let addresses = printers.printers().iter().map(|printer| format!("tcp://{}", printer.addr()));
    setup.printers = SIMULATED.iter().map(|(code, _)| (*code).to_owned()).zip(addresses).collect();
    config.demo = Some(setup);
    output.say(&Phrase::SimulatorsRun { folder: paper.display() });
    Ok(Some(Arc::new(printers)))
}

/// Serves until Ctrl-C or a request to terminate.
async fn serve(
    app: &App,
    listener: TcpListener,
    folder: &Path,
    printers: Option<Arc<DemoPrinters>>,
    screens: Option<Screens>,
    open: bool,
    output: Output,
) -> Result<(), Stop> {
    let token = Token::of(folder).map_err(|error| {
        let path = Token::file(folder);
        Stop::data(output.words(&Phrase::TokenUnusable { path: path.display(), error: &error }))
    })?;
    let address = listener.local_addr().map_err(|error| Stop::failure(error.to_string()))?;
    let (stop, stopping) = watch::channel(false);
    let host = Host::new(app.clone(), token.clone(), printers, screens, stopping);
    let serving = tokio::spawn(host.serve(listener));
    announce(app, address, &token, folder, open, output);
    told_to_stop().await;
    let _ = stop.send(true);
    match serving.await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(Stop::failure(error.to_string())),
        Err(error) => Err(Stop::failure(error.to_string())),
    }
}

fn announce(app: &App, address: SocketAddr, token: &Token, folder: &Path, open: bool, output: Output) {
    let url = format!("http://{address}/?token={}", token.as_str());
    let report = app.report();
    if report.recovered > 0 {
        output.say(&Phrase::Recovered { count: report.recovered, ms: report.ready_ms });
    }
    if report.in_doubt > 0 {
        output.say(&Phrase::InDoubt { count: report.in_doubt });
    }
    output.say(&Phrase::Serving { url: &url });
    output.say(&Phrase::StopHint);
    output.record(&json!({
        "url": url,
        "address": address.to_string(),
        "token": token.as_str(),
        "data": folder.display().to_string(),
        "recovered": report.recovered,
        "in_doubt": report.in_doubt,
        "ready_ms": report.ready_ms,
    }));
    if open && open::that_detached(&url).is_err() {
        output.warn(&Phrase::NoBrowser { url: &url });
    }
}

/// Waits for Ctrl-C, and where there is one, for the request to terminate.
pub(crate) async fn told_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use fastops_app::Language;

    #[test]
    fn only_this_computer_may_connect() {
        let output = Output::new(Language::En, false);
        for address in ["127.0.0.1:7788", "127.0.0.1:0", "[::1]:7788"] {
            assert!(check_loopback(address.parse().unwrap(), output).is_ok(), "{address}");
        }
        for address in ["0.0.0.0:7788", "192.168.1.10:7788", "[::]:7788"] {
            let stop = check_loopback(address.parse().unwrap(), output).unwrap_err();
            assert_eq!(stop.exit, Exit::Usage);
            assert!(stop.message.contains(address), "{}", stop.message);
        }
    }

    #[test]
    fn a_folder_without_screens_is_refused_before_anything_starts() {
        let folder = tempfile::tempdir().unwrap();
        let output = Output::new(Language::En, false);
        assert_eq!(screens(Some(folder.path()), output).unwrap_err().exit, Exit::Usage);
        std::fs::write(folder.path().join("index.html"), "<!doctype html>").unwrap();
        assert!(screens(Some(folder.path()), output).unwrap().is_some());
        assert!(screens(None, output).unwrap().is_none());
    }
}
