//! `printer-sim`: one thermal printer in software, with switches on the keyboard.

use super::serve::told_to_stop;
use crate::args::{PrinterSim, SimAnswers, SimModel, SimPolicy};
use crate::clock;
use crate::exit::{Exit, Stop};
use crate::output::Output;
use crate::words::Phrase;
use clap::ValueEnum as _;
use fastops_printer_sim::{
    Answers, Condition, Conditions, ConnectionPolicy, Manners, Model, Simulator, SimulatorConfig,
    SimulatorEvent, Slip,
};
use serde_json::json;
use std::io::BufRead;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;

/// What can be typed, and what it does to the printer: alone it is all that is wrong with it, with a plus it comes to
/// what is, with a minus it is over.
const SWITCHES: [(&str, Condition); 18] = [
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
    ("hold-marks", Condition::HoldsProcessId),
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

/// What can be typed about its clients, with what comes after it.
const MANNERS: [&str; 4] = [
    "policy refuse|mute|drop|slow",
    "lock-out SECONDS",
    "lock-out-after-reset SECONDS",
    "idle-reset SECONDS",
];

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
        let config = SimulatorConfig { baud: Some(arguments.baud), ..config };
        let (simulator, device) = Simulator::start_serial(config, flow).await.map_err(failed)?;
        let address = format!("serial:{}?baud={}&flow=software", device.display(), arguments.baud);
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
    config.model = match arguments.model {
        SimModel::Epson => Model::epson_80mm(),
        SimModel::Clone58 => Model::clone_58mm(),
    };
    config.model.answers = match arguments.answers {
        None => config.model.answers,
        Some(SimAnswers::Marks) => Answers::all(),
        Some(SimAnswers::Turn) => Answers::fence_only(),
        Some(SimAnswers::State) => Answers::state_only(),
        Some(SimAnswers::Nothing) => Answers::none(),
    };
    config.model.columns = arguments.columns.map_or(config.model.columns, u16::from);
    config.model.speed = arguments.speed;
    config.policy = policy(arguments.policy);
    config.lockout_after_reset = some_time(arguments.lock_out);
    config.idle_reset = some_time(arguments.idle_reset);
    config
}

const fn policy(policy: SimPolicy) -> ConnectionPolicy {
    match policy {
        SimPolicy::Refuse => ConnectionPolicy::Refuse,
        SimPolicy::Mute => ConnectionPolicy::Mute,
        SimPolicy::Drop => ConnectionPolicy::Drop,
        SimPolicy::Slow => ConnectionPolicy::Slow,
    }
}

/// No seconds are no time.
fn some_time(seconds: u64) -> Option<Duration> {
    (seconds > 0).then(|| Duration::from_secs(seconds))
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
                Ok(SimulatorEvent::ConditionsChanged(conditions)) => {
                    let all = words(&conditions);
                    output.say(&Phrase::ConditionIs { name: simulator.name(), condition: &all.join(" + ") });
                    output.record(&json!({ "condition": word(conditions.worst()), "conditions": all }));
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
    if switch(simulator, line) {
        return;
    }
    match act(line) {
        Some(Act::TearOff) => simulator.tear_off(),
        Some(Act::PowerCycle) => simulator.power_cycle(),
        None if line.is_empty() => {}
        None if line == "help" => output.say(&Phrase::SimulatorCommands { commands: &switches() }),
        None => output.warn(&Phrase::UnknownWord { word: line }),
    }
}

/// Turns what a line names on or off; says whether it names anything.
fn switch(simulator: &Simulator, line: &str) -> bool {
    let switched = match (line.strip_prefix('+'), line.strip_prefix('-')) {
        (Some(word), _) => condition(word).map(|condition| simulator.add(condition)),
        (None, Some(word)) => condition(word).map(|condition| simulator.clear(condition)),
        (None, None) => condition(line).map(|condition| simulator.set(condition)),
    };
    switched.is_some() || behave(simulator, line).is_some()
}

/// Changes how the port treats its clients; none when the line is about something else.
fn behave(simulator: &Simulator, line: &str) -> Option<()> {
    let (what, value) = line.split_once(' ')?;
    let manners = simulator.manners();
    let seconds = value.parse::<u64>().ok();
    match what {
        "policy" => {
            let policy = policy(SimPolicy::from_str(value, false).ok()?);
            simulator.set_manners(Manners { policy, ..manners });
        }
        "lock-out" => simulator.lock_out(Duration::from_secs(seconds?)),
        "lock-out-after-reset" => {
            simulator.set_manners(Manners { lockout_after_reset: some_time(seconds?), ..manners });
        }
        "idle-reset" => simulator.set_manners(Manners { idle_reset: some_time(seconds?), ..manners }),
        _ => return None,
    }
    Some(())
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
    SWITCHES.iter().find(|(_, known)| known.is_like(condition)).map_or("?", |(word, _)| word)
}

/// All that is wrong, or that nothing is.
fn words(conditions: &Conditions) -> Vec<&'static str> {
    let all: Vec<&str> = conditions.iter().map(word).collect();
    if all.is_empty() { vec![word(Condition::Ready)] } else { all }
}

fn switches() -> String {
    let acts = ACTS.iter().map(|(word, _)| *word);
    let words = SWITCHES.iter().map(|(word, _)| *word).chain(["+cover-open", "-cover-open"]);
    let words: Vec<&str> = words.chain(acts).chain(MANNERS).chain(["help"]).collect();
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
                #[cfg(unix)]
                baud: 19_200,
                model: SimModel::Clone58,
                answers: Some(SimAnswers::State),
                policy: SimPolicy::Mute,
                lock_out: 30,
                idle_reset: 0,
                paper: folder.path().to_owned(),
                name: "Cocina".into(),
                speed: fastops_printer_sim::Speed::Instant,
                columns: None,
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
            assert_eq!(simulator.condition(), Condition::PoweredOff);
            for line in ["cover-open", "+paper-low", "+slow", "-slow"] {
                obey(&simulator, line, output);
            }
            assert_eq!(words(&simulator.conditions()), ["cover-open", "paper-low"]);
            let told = Some(Duration::from_secs(30));
            let mute =
                Manners { policy: ConnectionPolicy::Mute, idle_reset: None, lockout_after_reset: told };
            assert_eq!(simulator.manners(), mute);
            for line in ["policy slow", "lock-out-after-reset 0", "idle-reset 7", "policy rude", "lock-out x"]
            {
                obey(&simulator, line, output);
            }
            let slow = Manners {
                policy: ConnectionPolicy::Slow,
                idle_reset: Some(Duration::from_secs(7)),
                lockout_after_reset: None,
            };
            assert_eq!(simulator.manners(), slow, "what makes no sense changes nothing");
            obey(&simulator, "power-cycle", output);
            assert_eq!(simulator.condition(), Condition::Ready);
            obey(&simulator, "nonsense", output);
            assert_eq!(simulator.condition(), Condition::Ready);
            obey(&simulator, "tear-off", output);
            assert_eq!(simulator.slips().len(), 1);
            assert_eq!(simulator.slips()[0].columns, 32, "as the model has it");
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
