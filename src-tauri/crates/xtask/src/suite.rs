//! Runs named steps one after another, times them, and stops at the first that fails.

use std::time::{Duration, Instant};

use crate::disk;
use crate::process::Task;
use crate::stop::Stop;

/// One named check.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    pub(crate) kind: Kind,
    pub(crate) work: Work,
}

/// Which of `cargo xtask lint` and `cargo xtask test` includes a step.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Both.
    Lint,
    /// The lint alone: the suite has the same check within another step.
    LintAlone,
    /// The suite alone.
    Test,
}

pub(crate) enum Work {
    /// Commands in their order.
    Run(Vec<Task>),
    /// Not on this platform, and why.
    Skip(&'static str),
}

/// How a step ended.
struct Outcome {
    name: &'static str,
    result: &'static str,
    took: Duration,
}

/// Runs the steps, and prints what each of them took.
pub(crate) fn run(steps: impl Iterator<Item = Step>) -> Result<(), Stop> {
    let mut outcomes = Vec::new();
    for step in steps {
        println!("\n== {}: {}", step.name, step.title);
        let watch = Stopwatch::start();
        let (result, stop) = match step.work {
            Work::Skip(reason) => {
                println!("skipped: {reason}");
                ("skipped", None)
            }
            Work::Run(tasks) => match tasks.into_iter().try_for_each(Task::run) {
                Ok(()) => ("ok", None),
                Err(Stop::Failed { .. }) => ("FAILED", Some(Stop::StepFailed { name: step.name })),
                Err(other) => ("FAILED", Some(other)),
            },
        };
        outcomes.push(Outcome { name: step.name, result, took: watch.elapsed() });
        if let Some(stop) = stop {
            print!("{}", summary(&outcomes));
            if let Some(hint) = disk::hint_after_failure() {
                println!("{hint}");
            }
            return Err(stop);
        }
    }
    print!("{}", summary(&outcomes));
    Ok(())
}

fn summary(outcomes: &[Outcome]) -> String {
    let total = outcomes.iter().map(|outcome| outcome.took).sum();
    let count = |result| outcomes.iter().filter(|outcome| outcome.result == result).count();
    let (passed, failed) = (count("ok"), count("FAILED"));
    let word = if failed == 0 { "ok" } else { "FAILED" };
    let line =
        |Outcome { name, result, took }: &Outcome| format!("{name:<12} {result:<8} {:>12}", duration(*took));
    let table: Vec<String> = outcomes.iter().map(line).collect();
    let last = format!("steps: {word}. {passed} passed; {failed} failed; finished in {}", duration(total));
    format!("\n{}\n{last}\n", table.join("\n"))
}

fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 60 {
        format!("{seconds}.{} s", time.subsec_millis() / 100)
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

/// Times a step. The one clock of this program; nothing is decided by it.
struct Stopwatch(Instant);

impl Stopwatch {
    #[expect(clippy::disallowed_methods, reason = "tells a developer how long a step took")]
    fn start() -> Self {
        Self(Instant::now())
    }

    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(name: &'static str, work: Work) -> Step {
        Step { name, title: "", kind: Kind::Test, work }
    }

    #[test]
    fn the_first_failing_step_ends_the_run_and_is_named() {
        let good = || Work::Run(vec![Task::cargo(["--version"]).silent()]);
        let bad = || Work::Run(vec![Task::cargo(["no-such-command-here"]).silent()]);
        assert!(run([step("a", good()), step("b", Work::Skip("not here"))].into_iter()).is_ok());

        let mut begun = Vec::new();
        let steps = [("a", good()), ("b", bad()), ("c", good())];
        let end =
            run(steps.into_iter().map(|(name, work)| step(name, work)).inspect(|step| begun.push(step.name)));
        assert!(matches!(end, Err(Stop::StepFailed { name: "b" })), "{end:?}");
        assert_eq!(begun, ["a", "b"], "nothing runs after a failure");
    }

    #[test]
    fn the_summary_tells_what_passed_and_how_long_it_took() {
        let outcome = |name, result, seconds| Outcome { name, result, took: Duration::from_secs(seconds) };
        let text = summary(&[outcome("a", "ok", 5), outcome("b", "skipped", 0), outcome("c", "FAILED", 61)]);
        assert!(text.contains("c            FAILED     1 min 01 s"), "{text}");
        assert!(text.ends_with("steps: FAILED. 1 passed; 1 failed; finished in 1 min 06 s\n"), "{text}");
    }
}
