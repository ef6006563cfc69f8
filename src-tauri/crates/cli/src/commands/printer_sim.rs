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
const SWITCHES: [(&str, Condition); 9] = [
    ("ready", Condition::Ready),
    ("paper-low", Condition::PaperNearEnd),
    ("paper-out", Condition::PaperOut),
    ("cover-open", Condition::CoverOpen),
    ("cutter-jam", Condition::CutterJam),
    ("offline", Condition::Offline),
    ("hang", Condition::Hung),
    ("slow", Condition::Slow),
    ("off", Condition::PoweredOff),
];

pub(crate) async fn run(arguments: PrinterSim, output: Output) -> Result<Exit, Stop> {
    std::fs::create_dir_all(&arguments.paper).map_err(|error| {
        Stop::failure(output.words(&Phrase::CannotWrite { path: arguments.paper.display(), error: &error }))
    })?;
    let simulator = Simulator::start(config(&arguments)).await.map_err(|error| {
        Stop::failure(output.words(&Phrase::CannotListen { address: arguments.listen, error: &error }))
    })?;
    let address = format!("tcp://{}", simulator.addr());
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

fn config(arguments: &PrinterSim) -> SimulatorConfig {
    let mut config = SimulatorConfig::new(arguments.name.clone(), Arc::new(clock::now_ms));
    config.listen = arguments.listen;
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
    match condition(line) {
        Some(condition) => simulator.set(condition),
        None if line.is_empty() => {}
        None if line == "help" => output.say(&Phrase::SimulatorCommands { commands: &switches() }),
        None => output.warn(&Phrase::UnknownWord { word: line }),
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

fn word(condition: Condition) -> &'static str {
    SWITCHES.iter().find(|(_, known)| *known == condition).map_or("?", |(word, _)| word)
}

fn switches() -> String {
    let words: Vec<&str> = SWITCHES.iter().map(|(word, _)| *word).chain(["help"]).collect();
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
    }

    #[test]
    fn the_keyboard_reaches_every_condition_of_the_demonstration() {
        for offered in DemoCondition::ALL {
            let wanted = Condition::from(offered);
            assert!(SWITCHES.iter().any(|(_, condition)| *condition == wanted), "{offered:?}");
        }
    }
}
