//! The first steps of a new house: what is there already, by the data itself and not by what somebody ticked off.

use crate::refusal::Refusal;
use crate::wire::{FirstStepsView, GetFirstSteps};
use crate::{App, Who};
use fastops_store::{StoreError, company};

pub(crate) async fn get_first_steps(app: &App, _: &Who, _: GetFirstSteps) -> Result<FirstStepsView, Refusal> {
    let facts = app.catalogue.facts().await?;
    let (company, branch) = (facts.company.id, facts.branch.id);
    let read =
        app.store.read::<_, StoreError, _>(move |tx| Box::pin(company::first_steps(tx, company, branch)));
    let steps = read.await?;
    Ok(FirstStepsView {
        stations: steps.stations,
        served_stations: steps.served,
        products: steps.products,
        tables: steps.tables,
        people: steps.people,
        has_printed: steps.printed,
        told: facts.settings(None).first_steps_told,
    })
}
