//! What was measured, as a table for people, as Markdown for the documentation, as JSON for programs.

use fastops_app::Language;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// One number.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Figure {
    engine: &'static str,
    key: &'static str,
    es: &'static str,
    en: &'static str,
    value: f64,
    unit: &'static str,
    wanted: &'static str,
}

impl Figure {
    pub(crate) const fn new(
        engine: &'static str,
        key: &'static str,
        es: &'static str,
        en: &'static str,
        value: f64,
        unit: &'static str,
    ) -> Self {
        Self { engine, key, es, en, value, unit, wanted: "" }
    }

    /// States the product's target.
    pub(crate) const fn wanted(mut self, target: &'static str) -> Self {
        self.wanted = target;
        self
    }

    pub(crate) const fn value(&self) -> f64 {
        self.value
    }

    #[cfg(test)]
    pub(crate) const fn key(&self) -> &'static str {
        self.key
    }

    fn label(&self, language: Language) -> &'static str {
        match language {
            Language::Es => self.es,
            Language::En => self.en,
        }
    }

    fn number(&self) -> String {
        let digits = if self.value >= 100.0 { 0 } else { 2 };
        format!("{:.digits$} {}", self.value, self.unit).trim_end().to_owned()
    }
}

/// Everything that a run measured, and where.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    rows: Vec<Figure>,
}

impl Figures {
    pub(crate) fn add(&mut self, figures: impl IntoIterator<Item = Figure>) {
        self.rows.extend(figures);
    }

    /// The computer in a line: system, processor family, cores.
    fn machine() -> String {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let build = if cfg!(debug_assertions) { "debug" } else { "release" };
        format!("{} {}, {cores} cores, {build} build", std::env::consts::OS, std::env::consts::ARCH)
    }

    pub(crate) fn table(&self, language: Language) -> String {
        let mut text = format!("{}\n", Self::machine());
        for row in &self.rows {
            let (label, number) = (row.label(language), row.number());
            let _ = writeln!(text, "{:<9} {label:<46} {number:>14}  {}", row.engine, row.wanted);
        }
        text.truncate(text.trim_end().len());
        text
    }

    pub(crate) fn markdown(&self, language: Language) -> String {
        let head = match language {
            Language::Es => "| almacén | qué | medido | meta |",
            Language::En => "| store | what | measured | target |",
        };
        let mut text = format!("{}\n\n{head}\n|---|---|--:|--:|\n", Self::machine());
        for row in &self.rows {
            let _ = writeln!(
                text,
                "| {} | {} | {} | {} |",
                row.engine,
                row.label(language),
                row.number(),
                row.wanted
            );
        }
        text
    }

    pub(crate) fn record(&self) -> Value {
        let mut engines = serde_json::Map::new();
        for row in &self.rows {
            let engine = engines.entry(row.engine).or_insert_with(|| json!({}));
            engine[row.key] = json!(row.value);
        }
        json!({ "machine": Self::machine(), "figures": engines })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures() -> Figures {
        let mut figures = Figures::default();
        figures.add([
            Figure::new("sqlite", "burst_p99_ms", "ráfaga, p99", "burst, p99", 12.345, "ms").wanted("< 50"),
            Figure::new("postgres", "orders_per_second", "pedidos", "orders", 1234.5, "1/s"),
        ]);
        figures
    }

    #[test]
    fn each_form_holds_the_numbers() {
        let figures = figures();
        assert!(figures.table(Language::Es).contains("ráfaga, p99"));
        assert!(figures.markdown(Language::En).contains("| sqlite | burst, p99 | 12.35 ms | < 50 |"));
        let record = figures.record();
        assert_eq!(record["figures"]["sqlite"]["burst_p99_ms"], json!(12.345));
        assert_eq!(record["figures"]["postgres"]["orders_per_second"], json!(1234.5));
    }
}
