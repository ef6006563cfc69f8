//! The demonstration's printers, their paper and their switches.

use crate::demo::{Demo, DemoSlipPicture, Done, GetDemoSlip, SetDemoCondition};
use fastops_app::Language;
use fastops_app::wire::Failure;
use fastops_printer_sim::DemoPrinter;
use tauri::State;

/// Every simulated printer with its last slips.
#[tauri::command]
pub(crate) async fn list_demo_printers(
    demo: State<'_, Demo>,
    language: Language,
) -> Result<Vec<DemoPrinter>, Failure> {
    demo.list(language)
}

/// A picture of a slip.
#[tauri::command]
pub(crate) async fn get_demo_slip(
    demo: State<'_, Demo>,
    request: GetDemoSlip,
    language: Language,
) -> Result<DemoSlipPicture, Failure> {
    demo.picture(request, language).await
}

/// Breaks or mends a printer.
#[tauri::command]
pub(crate) async fn set_demo_condition(
    demo: State<'_, Demo>,
    request: SetDemoCondition,
    language: Language,
) -> Result<Done, Failure> {
    demo.set(&request, language)
}
