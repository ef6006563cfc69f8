//! The command line as types: what can be asked, and the help that says so.

mod bench;

pub(crate) use bench::{Bench, Part, Suite};

use clap::{Args, Parser, Subcommand, ValueEnum};
use fastops_app::BusinessDay;
use fastops_printer_sim::Speed;
use std::net::SocketAddr;
use std::path::PathBuf;

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  not done; the reason is on standard error
  2  the command line is not understood or asks for something that is not offered
  3  FastOps runs already on this data
  4  the data cannot be used: folder not writable, disk full, damaged, gone, written by a newer FastOps,
     database not reachable
  5  the printer did not print, or did not prove that it did

With --json, results are JSON on standard output, and a failure is one JSON line on standard error.";

/// The core of FastOps without a window.
#[derive(Debug, Parser)]
#[command(name = "fastops-cli", version, after_help = EXIT_CODES, propagate_version = true)]
pub(crate) struct Arguments {
    /// Language of sentences; without it, what the system's locale says
    #[arg(long, global = true, value_enum, value_name = "LANGUAGE")]
    pub(crate) lang: Option<Lang>,

    /// Print results as JSON, for programs
    #[arg(long, global = true)]
    pub(crate) json: bool,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    Es,
    En,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve the core over HTTP, with events on a WebSocket and the screens as static files
    Serve(Serve),
    /// Make the demonstration company, or give its stations other printers
    Demo(Demo),
    /// Be a thermal printer: print what arrives on a port as text and pictures
    PrinterSim(PrinterSim),
    /// Ask a printer how it is, print a test page, and say whether paper is proved
    PrintTest(PrintTest),
    /// Make a verified backup of the data, also while FastOps runs on it
    Backup(Backup),
    /// Put a backup in the place of the data, while FastOps is closed; what was there is set aside
    Restore(Restore),
    /// Read all of a backup, or of the data, and say whether it is whole
    Verify(Verify),
    /// Write the TypeScript types and the OpenAPI document of the core's commands
    Bindings(Bindings),
    /// Measure the core on this computer
    Bench(Bench),
    /// Fill the data with believable years of service, for benchmarks and demonstrations
    SeedHistory(SeedHistory),
    /// Move the details of orders of long ago to the file of their year, where reports still read them
    Archive(ArchiveOld),
}

/// Where the data is.
#[derive(Args, Clone, Debug)]
#[expect(clippy::struct_field_names, reason = "a field is named as its option is")]
pub(crate) struct Data {
    /// Folder of the data; without it, the system's own place for FastOps
    #[arg(long, value_name = "DIR", env = "FASTOPS_DATA")]
    pub(crate) data: Option<PathBuf>,

    /// PostgreSQL database that several terminals share; without it, a file in the folder
    #[arg(
        long,
        visible_alias = "postgres",
        value_name = "URL",
        env = "FASTOPS_DATABASE",
        hide_env_values = true
    )]
    pub(crate) database: Option<String>,

    /// Folder of `pg_dump` and `pg_restore`; without it, they are found as other programs are
    #[arg(long, value_name = "DIR", env = "FASTOPS_POSTGRES_BIN")]
    pub(crate) postgres_bin: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) data: Data,

    /// Address to listen on; only addresses of this computer are accepted; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7788")]
    pub(crate) listen: SocketAddr,

    /// Use the demonstration company, with three simulated printers in this process
    #[arg(long)]
    pub(crate) demo: bool,

    /// Folder of the built screens
    #[arg(long, value_name = "DIR")]
    pub(crate) ui: Option<PathBuf>,

    /// Open the screens in the browser
    #[arg(long)]
    pub(crate) open: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Demo {
    #[command(flatten)]
    pub(crate) data: Data,

    /// A station's printer, such as cocina=tcp://192.168.1.50:9100; once for each of cocina, bar, postres
    #[arg(long = "printer", value_name = "STATION=ADDRESS", value_parser = pair)]
    pub(crate) printers: Vec<(String, String)>,
}

#[derive(Args, Debug)]
pub(crate) struct Backup {
    #[command(flatten)]
    pub(crate) data: Data,

    /// Why it is made, which is noted with it and decides how long it is kept
    #[arg(long, value_enum, default_value_t = Reason::Manual)]
    pub(crate) reason: Reason,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Reason {
    /// Someone asked for it
    Manual,
    /// The hour has passed
    Hourly,
    /// The business day has ended
    DayClose,
}

#[derive(Args, Debug)]
pub(crate) struct Restore {
    #[command(flatten)]
    pub(crate) data: Data,

    #[command(flatten)]
    pub(crate) from: From,
}

/// Which backup to restore.
#[derive(Args, Clone, Debug)]
#[group(required = true, multiple = false)]
pub(crate) struct From {
    /// The backup, or a data file that was set aside
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,

    /// The newest backup that was verified
    #[arg(long)]
    pub(crate) newest: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Verify {
    #[command(flatten)]
    pub(crate) data: Data,

    #[command(flatten)]
    pub(crate) what: What,
}

/// What to verify.
#[derive(Args, Clone, Debug)]
#[group(required = true, multiple = false)]
pub(crate) struct What {
    /// The backup
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,

    /// The data itself, also while FastOps runs on it
    #[arg(long)]
    pub(crate) live: bool,
}

#[derive(Args, Debug)]
pub(crate) struct PrinterSim {
    /// Address to listen on, such as 127.0.0.1:9101; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS")]
    #[cfg_attr(unix, arg(required_unless_present = "serial"))]
    #[cfg_attr(not(unix), arg(required = true))]
    pub(crate) listen: Option<SocketAddr>,

    /// Hang at the end of a serial line of its own instead, a pseudo-terminal whose name is printed
    #[cfg(unix)]
    #[arg(long, conflicts_with = "listen")]
    pub(crate) serial: bool,

    /// Speed of the serial line in bits a second
    #[cfg(unix)]
    #[arg(long, value_name = "BITS/S", default_value_t = 115_200, value_parser = clap::value_parser!(u32).range(300..=921_600))]
    pub(crate) baud: u32,

    /// What kind of printer it is
    #[arg(long, value_enum, default_value_t = SimModel::Epson)]
    pub(crate) model: SimModel,

    /// What it can prove: jobs by their marks, answers in turn, its state, or nothing; as the model does without it
    #[arg(long, value_enum)]
    pub(crate) answers: Option<SimAnswers>,

    /// What a second client meets while the first is served
    #[arg(long, value_enum, default_value_t = SimPolicy::Refuse)]
    pub(crate) policy: SimPolicy,

    /// Seconds for which nobody is let in after a client broke its connection; 0 is not at all
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    pub(crate) lock_out: u64,

    /// Seconds of silence after which a connection is reset; 0 is never
    #[arg(long, value_name = "SECONDS", default_value_t = 90)]
    pub(crate) idle_reset: u64,

    /// Folder for the paper, a text and a picture for each slip
    #[arg(long, value_name = "DIR")]
    pub(crate) paper: PathBuf,

    /// What the printer calls itself
    #[arg(long, default_value = "Simulator")]
    pub(crate) name: String,

    /// Millimetres of paper a second, or `instant`
    #[arg(long, value_name = "MM/S", default_value = "150", value_parser = speed)]
    pub(crate) speed: Speed,

    /// Characters in a line; as the model has them without it
    #[arg(long, value_parser = clap::value_parser!(u8).range(16..=64))]
    pub(crate) columns: Option<u8>,
}

/// A printer to be simulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SimModel {
    /// 80 mm, of the leading make
    Epson,
    /// 58 mm, of no make: starts in Chinese, numbers its tables in its own way, knows no marks
    Clone58,
}

/// What a simulated printer can prove.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SimAnswers {
    Marks,
    Turn,
    State,
    Nothing,
}

/// What a second client of a simulated printer meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SimPolicy {
    Refuse,
    /// Accepted, and no word until the first has left
    Mute,
    /// Accepted, and closed at once
    Drop,
    /// Accepted, and served some seconds after the first has left
    Slow,
}

#[derive(Args, Debug)]
pub(crate) struct PrintTest {
    /// The printer, such as `tcp://192.168.1.50:9100`
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) printer: String,

    /// Characters in a line: 48 or 42 on 80 mm paper, 32 on 58 mm
    #[arg(long, default_value_t = 48, value_parser = clap::value_parser!(u8).range(16..=64))]
    pub(crate) columns: u8,

    /// Table of characters that the printer is switched to
    #[arg(long, value_enum, value_name = "PAGE", default_value_t = CodePage::Cp858)]
    pub(crate) code_page: CodePage,

    /// Number under which this model keeps that table; another on some makes
    #[arg(long, value_name = "NUMBER", default_value_t = 19)]
    pub(crate) code_table: u8,

    /// Minutes east of UTC of the clock that the page shows
    #[arg(long, value_name = "MINUTES", default_value_t = -300, allow_negative_numbers = true,
        value_parser = clap::value_parser!(i32).range(-840..=840))]
    pub(crate) utc_offset: i32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CodePage {
    Cp437,
    Cp850,
    Cp858,
    Cp860,
    Cp863,
    Cp865,
    Latin9,
    Windows1252,
}

impl CodePage {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Cp437 => "cp437",
            Self::Cp850 => "cp850",
            Self::Cp858 => "cp858",
            Self::Cp860 => "cp860",
            Self::Cp863 => "cp863",
            Self::Cp865 => "cp865",
            Self::Latin9 => "latin9",
            Self::Windows1252 => "windows1252",
        }
    }
}

#[derive(Args, Debug)]
pub(crate) struct Bindings {
    /// File of the TypeScript types
    #[arg(long, value_name = "FILE")]
    pub(crate) types: PathBuf,

    /// File of the OpenAPI document
    #[arg(long, value_name = "FILE")]
    pub(crate) openapi: PathBuf,

    /// Write nothing; exit with 1 when a file is not what it should be
    #[arg(long)]
    pub(crate) check: bool,
}

#[derive(Args, Debug)]
pub(crate) struct ArchiveOld {
    #[command(flatten)]
    pub(crate) data: Data,

    /// Orders that were closed more days ago than this; without it, what the branch's setting says
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=36_500))]
    pub(crate) older_than: Option<u32>,

    /// Only count them
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Args, Debug)]
pub(crate) struct SeedHistory {
    #[command(flatten)]
    pub(crate) data: Data,

    /// Orders to make
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=20_000_000))]
    pub(crate) orders: u32,

    /// The same seed in the same house makes the same history
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,

    /// Last day of service, such as 2026-06-30; without it, yesterday
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) until: Option<BusinessDay>,

    /// Orders that are still open at the end
    #[arg(long, default_value_t = 0, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(0..=1_000))]
    pub(crate) open: u32,
}

/// A day of the calendar, as `2026-06-30`.
fn date(text: &str) -> Result<BusinessDay, String> {
    let wrong = || "give a day of the calendar, such as 2026-06-30".to_owned();
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return Err(wrong()) };
    if (year.len(), month.len(), day.len()) != (4, 2, 2) {
        return Err(wrong());
    }
    let ymd = format!("{year}{month}{day}").parse().map_err(|_| wrong())?;
    BusinessDay::from_ymd(ymd).ok_or_else(wrong)
}

/// Splits `station=address`.
fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((station, address)) if !station.is_empty() && !address.is_empty() => {
            Ok((station.to_owned(), address.to_owned()))
        }
        _ => Err("write it as STATION=ADDRESS, such as cocina=tcp://192.168.1.50:9100".to_owned()),
    }
}

fn speed(text: &str) -> Result<Speed, String> {
    match text.parse() {
        Ok(mm @ 1..=1000) => Ok(Speed::MmPerSecond(mm)),
        _ if text == "instant" => Ok(Speed::Instant),
        _ => Err("give a number between 1 and 1000, or instant".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;
    use clap::error::ErrorKind;

    fn parse(line: &str) -> Result<Arguments, clap::Error> {
        Arguments::try_parse_from(line.split_whitespace())
    }

    #[test]
    fn the_description_of_the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn serve_listens_on_loopback_unless_told_otherwise() {
        let arguments = parse("fastops-cli serve --data d --demo --lang en --json").unwrap();
        assert!(arguments.json);
        assert_eq!(arguments.lang, Some(Lang::En));
        let Command::Serve(serve) = arguments.command else { panic!("not serve") };
        assert!(serve.listen.ip().is_loopback());
        assert_eq!(serve.listen.port(), 7788);
        assert!(serve.demo && !serve.open);
    }

    #[test]
    fn printers_are_pairs_of_a_station_and_an_address() {
        let line = "fastops-cli demo --data d --printer cocina=tcp://10.0.0.5 --printer bar=tcp://a:1";
        let Command::Demo(demo) = parse(line).unwrap().command else { panic!("not demo") };
        let expected = [("cocina", "tcp://10.0.0.5"), ("bar", "tcp://a:1")];
        assert_eq!(
            demo.printers,
            expected.map(|(station, address)| (station.to_owned(), address.to_owned()))
        );
    }

    #[test]
    fn a_restore_names_one_backup_and_a_backup_its_reason() {
        let Command::Restore(restore) = parse("fastops-cli restore --data d --newest").unwrap().command
        else {
            panic!("not restore")
        };
        assert!(restore.from.newest && restore.from.file.is_none());
        let Command::Restore(restore) = parse("fastops-cli restore --data d a.db").unwrap().command else {
            panic!("not restore")
        };
        assert_eq!(restore.from.file, Some("a.db".into()));
        let Command::Backup(backup) = parse("fastops-cli backup --reason day-close").unwrap().command else {
            panic!("not backup")
        };
        assert_eq!(backup.reason, Reason::DayClose);
    }

    #[test]
    fn what_is_out_of_bounds_is_refused_before_anything_happens() {
        for line in [
            "fastops-cli demo --data d --printer cocina",
            "fastops-cli demo --data d --printer =tcp://a",
            "fastops-cli printer-sim --paper p",
            "fastops-cli printer-sim --listen 127.0.0.1:0 --paper p --speed 0",
            "fastops-cli printer-sim --listen 127.0.0.1:0 --paper p --columns 9",
            "fastops-cli bench --orders 1",
            "fastops-cli restore --data d",
            "fastops-cli restore --data d --newest a.db",
            "fastops-cli verify --data d",
            "fastops-cli verify --data d --live a.db",
            "fastops-cli backup --data d --reason whim",
            "fastops-cli serve --listen somewhere",
            "fastops-cli archive --older-than 0",
            "fastops-cli seed-history",
            "fastops-cli seed-history --orders 0",
            "fastops-cli seed-history --orders 10 --until 2026-02-30",
            "fastops-cli seed-history --orders 10 --until 26-02-03",
        ] {
            let error = parse(line).expect_err(line);
            assert_eq!(error.exit_code(), 2, "{line}");
        }
        assert_eq!(parse("fastops-cli sevre").unwrap_err().kind(), ErrorKind::InvalidSubcommand);
    }

    #[test]
    fn help_states_every_exit_code() {
        let help = Arguments::command().render_long_help().to_string();
        for exit in crate::exit::Exit::ALL {
            assert!(help.contains(&format!("\n  {}  ", exit.code())), "{exit:?}");
        }
    }
}
