//! A printer tried out: what it says of itself, and a page that shows whether its letters are right.

use crate::refusal::Refusal;
use crate::wire::{Cause, Failure, Text};
use crate::{pulse, words};
use fastops_domain::job::Cause as DomainCause;
use fastops_domain::station::{Abilities, CodePage, DrawerPulse, PrinterAddress, PrinterProfile, ProofLevel};
use fastops_domain::time::{Clock, LocalTime};
use fastops_domain::user::Language;
use fastops_printing::link::{Deadlines, Link, Proof, probe};
use fastops_printing::{Stamp, encode, models};
use serde::Serialize;

/// The printer to try, and how it is believed to be.
#[derive(Clone, Debug)]
pub struct PrintTest {
    /// Such as `tcp://192.168.1.50:9100`.
    pub address: String,
    pub columns: u8,
    /// The code of a page, such as `cp858`.
    pub code_page: String,
    /// The number `n` of `ESC t n` that selects the page on this model.
    pub code_table: u8,
    pub language: Language,
    pub utc_offset_minutes: i32,
}

/// What the printer said and did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PrintTestReport {
    pub address: String,
    /// Whether it answered anything at all.
    pub answered: bool,
    /// What it calls itself.
    pub model: Option<String>,
    /// How it can prove that it printed: `process_id`, `fence`, `state` or `none`.
    pub proof: &'static str,
    /// `printed` when it said so, `unconfirmed` when it cannot say, `not_printed` otherwise.
    pub outcome: &'static str,
    pub bytes: usize,
    pub paper_near_end: bool,
    pub cause: Option<Cause>,
    /// What is wrong and what to do.
    pub problem: Option<Text>,
}

/// Probes a printer, prints the test page, and waits for its word.
pub async fn print_test(test: &PrintTest, clock: &dyn Clock) -> Result<PrintTestReport, Failure> {
    run(test, clock).await.map_err(|refusal| refusal.into_failure(test.language, "print_test"))
}

async fn run(test: &PrintTest, clock: &dyn Clock) -> Result<PrintTestReport, Refusal> {
    let address: PrinterAddress = test
        .address
        .parse()
        .map_err(|source| Refusal::BadPrinterAddress { address: test.address.clone(), source })?;
    let code_page = CodePage::from_code(&test.code_page).ok_or_else(|| Refusal::BadRequest {
        detail: format!("{}: {}", words::code_pages(test.language), test.code_page),
    })?;
    let deadlines = Deadlines::default();
    let mut report = PrintTestReport {
        address: address.to_string(),
        answered: false,
        model: None,
        proof: ProofLevel::None.code(),
        outcome: "not_printed",
        bytes: 0,
        paper_near_end: false,
        cause: None,
        problem: None,
    };
    let probed = match probe(&address, &deadlines).await {
        Ok(probed) => probed,
        Err(trouble) => return Ok(report.failed(trouble.cause)),
    };
    report.answered = probed.status.answered;
    report.model = probed.model_id;
    report.paper_near_end = probed.status.paper_near_end;
    if let Some(cause) = probed.status.obstruction() {
        return Ok(report.failed(cause));
    }
    let level = probed.proof.unwrap_or(ProofLevel::None);
    report.proof = level.code();
    let abilities = Abilities::USUAL;
    let profile = PrinterProfile {
        columns: test.columns,
        code_page,
        code_table: test.code_table,
        proof: level,
        abilities,
        drawer: DrawerPulse::USUAL,
    };
    let stamp = Stamp {
        printed_at: LocalTime::at(clock.now(), test.utc_offset_minutes),
        language: test.language,
        copy: 0,
        possible_duplicate: false,
        backup: false,
    };
    let paper = match encode::test_page(&address.to_string(), &profile, &stamp) {
        Ok(paper) => paper,
        Err(error) => return Ok(report.failed(error.cause())),
    };
    report.bytes = paper.bytes.len();
    let pace = models::models(None).ok().and_then(|known| models::pace(&known, &profile));
    let paper_mm_per_s = pace.map_or(deadlines.paper_mm_per_s, |pace| pace.get().into());
    let deadlines = Deadlines { paper_mm_per_s, ..deadlines };
    Ok(print(report, &address, &deadlines, &paper, level).await)
}

async fn print(
    mut report: PrintTestReport,
    address: &PrinterAddress,
    deadlines: &Deadlines,
    paper: &encode::Encoded,
    level: ProofLevel,
) -> PrintTestReport {
    let mut link = match Link::open(address, deadlines).await {
        Ok(link) => link,
        Err(trouble) => return report.failed(trouble.cause),
    };
    if let Err(trouble) = link.hear_out(level).await {
        return report.failed(trouble.cause);
    }
    if let Err(broke) = link.send(&paper.bytes).await {
        return report.failed(broke.cause);
    }
    let proof = link.prove(paper.paper_mm, level).await;
    link.close().await;
    match proof {
        Proof::Printed => report.outcome = "printed",
        Proof::Unconfirmed => report.outcome = "unconfirmed",
        Proof::Waiting(cause) | Proof::Lost(cause) => return report.failed(cause),
    }
    report
}

impl PrintTestReport {
    fn failed(self, cause: DomainCause) -> Self {
        let problem = Some(pulse::text(cause, &self.address));
        Self { cause: Some(cause.into()), problem, ..self }
    }
}
