//! `printer-sim`: one thermal printer in software, with switches on the keyboard.

use super::serve::told_to_stop;
use crate::args::PrinterSim;
use crate::clock;
use crate::exit::{Exit, Stop};
use crate::output::Output;
use crate::words::Phrase;
use fastops_printer_sim::{Condition, Simulator, SimulatorConfig, SimulatorEvent, Slip};
use serde_json::json;
use std::io::BufRead;
use std::sync::Arc;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;

/// What can be typed, and what it does to the printer.
const SWITCHES: [(&str, Condition); 17] = [
    ("ready", Condition::Ready),
    ("paper-low", Condition::PaperNearEnd),
    ("paper-out", Condition::PaperOut),
    ("paper-runs-out", Condition::PaperRunsOut { after_mm: 30 }),
    ("cover-open", Condition::CoverOpen),
    ("cutter-jam", Condition::CutterJam),
    ("overheat", Condition::Overheated),
    ("offline", Condition::Offline),
    ("hang", Condition::Hung),
    ("slow", Condition::Slow),
    ("drip", Condition::Drip { bytes_per_second: 100 }),
    ("stall", Condition::Stalled { after_bytes: 500 }),
    ("reset", Condition::ResetsLink { after_bytes: 200 }),
    ("garble", Condition::GarbledStatus),
    ("hold-proof", Condition::HoldsProof),
    ("cable-out", Condition::BlackHole),
    ("off", Condition::PoweredOff),
];

/// What a person can do to it besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    /// Tears off what hangs out of it.
    TearOff,
    /// Pulls the plug and puts it back.
    PowerCycle,
}

const ACTS: [(&str, Act); 2] = [("tear-off", Act::TearOff), ("power-cycle", Act::PowerCycle)];

pub(crate) async fn run(arguments: PrinterSim, output: Output) -> Result<Exit, Stop> {
    std::fs::create_dir_all(&arguments.paper).map_err(|error| {
        Stop::failure(output.words(&Phrase::CannotWrite { path: arguments.paper.display(), error: &error }))
    })?;
    let (simulator, address) = start(&arguments, output).await?;
    output.say(&Phrase::SimulatorReady {
        name: &arguments.name,
        address: &address,
        folder: arguments.paper.display(),
    });
    output.say(&Phrase::SimulatorCommands { commands: &switches() });
    output.record(&json!({
        "name": arguments.name, "address": address, "paper": arguments.paper.display().to_string(),
    }));
    attend(&simulator, output).await;
    simulator.stop().await;
    Ok(Exit::Done)
}

/// The printer, and the address under which a core finds it.
async fn start(arguments: &PrinterSim, output: Output) -> Result<(Simulator, String), Stop> {
    let config = config(arguments);
    let listen = config.listen;
    let failed = |error: std::io::Error| {
        Stop::failure(output.words(&Phrase::CannotListen { address: listen, error: &error }))
    };
    #[cfg(unix)]
    if arguments.serial {
        let flow = fastops_printer_sim::SerialFlow::Software;
        let (simulator, device) = Simulator::start_serial(config, flow).await.map_err(failed)?;
        let address = format!("serial:{}?baud=115200&flow=software", device.display());
        return Ok((simulator, address));
    }
    let simulator = Simulator::start(config).await.map_err(failed)?;
    let address = format!("tcp://{}", simulator.addr());
    Ok((simulator, address))
}

fn config(arguments: &PrinterSim) -> SimulatorConfig {
    let mut config = SimulatorConfig::new(arguments.name.clone(), Arc::new(clock::now_ms));
    config.listen = arguments.listen.unwrap_or(config.listen);
    config.paper_dir = Some(arguments.paper.clone());
    config.model.columns = u16::from(arguments.columns);
    config.model.speed = arguments.speed;
    config
}

/// Shows paper and obeys the keyboard until the program is told to stop.
async fn attend(simulator: &Simulator, output: Output) {
    let mut events = simulator.subscribe();
    let mut lines = keyboard();
    let stop = told_to_stop();
    tokio::pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => return,
            Some(line) = lines.recv() => obey(simulator, line.trim(), output),
            event = events.recv() => match event {
                Ok(SimulatorEvent::SlipCut(slip)) => show(&slip, simulator.name(), output),
                Ok(SimulatorEvent::ConditionChanged(condition)) => {
                    let condition = word(condition);
                    output.say(&Phrase::ConditionIs { name: simulator.name(), condition });
                    output.record(&json!({ "condition": condition }));
                }
                Ok(_) | Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return,
            },
        }
    }
}

/// Lines from standard input, on a thread of their own: a read there cannot be called back, and must
/// not keep the program from ending.
fn keyboard() -> mpsc::Receiver<String> {
    let (sender, lines) = mpsc::channel(16);
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines() {
            let Ok(line) = line else { return };
            if sender.blocking_send(line).is_err() {
                return;
            }
        }
    });
    lines
}

fn obey(simulator: &Simulator, line: &str, output: Output) {
    match (condition(line), act(line)) {
        (Some(condition), _) => simulator.set(condition),
        (None, Some(Act::TearOff)) => simulator.tear_off(),
        (None, Some(Act::PowerCycle)) => simulator.power_cycle(),
        (None, None) if line.is_empty() => {}
        (None, None) if line == "help" => output.say(&Phrase::SimulatorCommands { commands: &switches() }),
        (None, None) => output.warn(&Phrase::UnknownWord { word: line }),
    }
}

fn show(slip: &Slip, name: &str, output: Output) {
    output.say(&Phrase::SlipCut { number: slip.number });
    output.text(&slip.text());
    output.record(&json!({
        "printer": name, "slip": slip.number, "at_ms": slip.cut_at_ms, "text": slip.text(),
    }));
}

fn condition(word: &str) -> Option<Condition> {
    SWITCHES.iter().find(|(known, _)| *known == word).map(|(_, condition)| *condition)
}

fn act(word: &str) -> Option<Act> {
    ACTS.iter().find(|(known, _)| *known == word).map(|(_, act)| *act)
}

/// What a condition is called, however far it has gone.
fn word(condition: Condition) -> &'static str {
    let kind = std::mem::discriminant(&condition);
    SWITCHES.iter().find(|(_, known)| std::mem::discriminant(known) == kind).map_or("?", |(word, _)| word)
}

fn switches() -> String {
    let acts = ACTS.iter().map(|(word, _)| *word);
    let words: Vec<&str> = SWITCHES.iter().map(|(word, _)| *word).chain(acts).chain(["help"]).collect();
    words.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use fastops_printer_sim::DemoCondition;

    #[test]
    fn every_switch_is_one_word_and_can_be_read_back() {
        for (name, switched) in SWITCHES {
            assert!(!name.contains(char::is_whitespace) && name != "help");
            assert_eq!(condition(name), Some(switched));
            assert_eq!(word(switched), name);
        }
        assert_eq!(condition("paper"), None);
        assert_eq!(word(Condition::Stalled { after_bytes: 3 }), "stall", "however far it has gone");
        for (name, done) in ACTS {
            assert_eq!((condition(name), act(name)), (None, Some(done)));
        }
    }

    /// What is typed happens to a printer on either cable.
    #[tokio::test]
    async fn a_printer_does_what_is_typed() {
        let folder = tempfile::tempdir().unwrap();
        let output = Output::new(fastops_app::Language::En, true);
        for serial in [false, cfg!(unix)] {
            let arguments = PrinterSim {
                listen: (!serial).then(|| "127.0.0.1:0".parse().unwrap()),
                #[cfg(unix)]
                serial,
                paper: folder.path().to_owned(),
                name: "Cocina".into(),
                speed: fastops_printer_sim::Speed::Instant,
                columns: 48,
            };
            let (simulator, address) = start(&arguments, output).await.unwrap();
            assert!(
                address.starts_with(if serial { "serial:/dev/" } else { "tcp://127.0.0.1:" }),
                "{address}"
            );
            for (name, switched) in SWITCHES {
                obey(&simulator, name, output);
                assert_eq!(word(simulator.condition()), word(switched));
            }
            obey(&simulator, "power-cycle", output);
            assert_eq!(simulator.condition(), Condition::Ready);
            obey(&simulator, "nonsense", output);
            assert_eq!(simulator.condition(), Condition::Ready);
            obey(&simulator, "tear-off", output);
            assert_eq!(simulator.slips().len(), 1);
            simulator.stop().await;
        }
    }

    #[test]
    fn the_keyboard_reaches_every_condition_of_the_demonstration() {
        for offered in DemoCondition::ALL {
            let wanted = Condition::from(offered);
            assert!(SWITCHES.iter().any(|(_, condition)| *condition == wanted), "{offered:?}");
        }
    }
}
