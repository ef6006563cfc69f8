//! Those who buy here: found by what people type, kept once.

use crate::once::{self, once};
use crate::refusal::{Field, Refusal};
use crate::wire::{
    ChangeCustomer, CreateCustomer, CustomerDetails, CustomerPage, CustomerPageEnd, CustomerView,
    FindCustomers, SetCustomerActive,
};
use crate::{App, Command as _, Who};
use fastops_domain::customer::{BadDetails, Details, FoundBy, MAX_CUSTOMER_TEXT};
use fastops_domain::ids::{CommandId, CustomerId};
use fastops_store::customer::{self, Customer, PageEnd};
use fastops_store::{StoreError, Tx, Work};

/// Most customers of one page.
const MAX_PAGE: u32 = 100;

pub(crate) async fn find_customers(
    app: &App,
    _: &Who,
    request: FindCustomers,
) -> Result<CustomerPage, Refusal> {
    if !(1..=MAX_PAGE).contains(&request.limit) {
        return Err(Refusal::OutOfBounds { field: Field::Results, least: 1, most: MAX_PAGE as usize });
    }
    let company = app.catalogue.facts().await?.company.id;
    let by = FoundBy::from(request.by);
    let Some(key) = by.key(&request.text) else {
        return Ok(CustomerPage { customers: Vec::new(), end: None });
    };
    let after = request.after.map(|end| PageEnd { key: end.key, id: CustomerId(end.id) });
    let limit = i64::from(request.limit);
    let read = app.store.read::<_, StoreError, _>(move |tx| {
        Box::pin(async move { customer::find(tx, company, by, &key, after.as_ref(), limit).await })
    });
    let found = read.await?;
    let whole = found.len() == request.limit as usize;
    let end = found.last().filter(|_| whole);
    let end = end.map(|last| CustomerPageEnd { key: last.found_key.clone(), id: last.id.0 });
    Ok(CustomerPage { customers: found.into_iter().map(view).collect(), end })
}

pub(crate) async fn create_customer(
    app: &App,
    who: &Who,
    request: CreateCustomer,
) -> Result<CustomerView, Refusal> {
    let (id, details, now) = (CustomerId(request.customer_id), checked(request.details)?, app.env.now());
    let company = app.catalogue.facts().await?.company.id;
    keep(app, who, CommandId(request.command_id), CreateCustomer::NAME, id, move |tx| {
        let details = details.clone();
        Box::pin(async move { Ok(customer::insert_customer(tx, company, id, &details, now).await?) })
    })
    .await
}

pub(crate) async fn change_customer(
    app: &App,
    who: &Who,
    request: ChangeCustomer,
) -> Result<CustomerView, Refusal> {
    let (id, details) = (CustomerId(request.customer_id), checked(request.details)?);
    let company = app.catalogue.facts().await?.company.id;
    keep(app, who, CommandId(request.command_id), ChangeCustomer::NAME, id, move |tx| {
        let details = details.clone();
        Box::pin(async move { known(customer::change_customer(tx, company, id, &details).await?) })
    })
    .await
}

pub(crate) async fn set_customer_active(
    app: &App,
    who: &Who,
    request: SetCustomerActive,
) -> Result<CustomerView, Refusal> {
    let (id, active) = (CustomerId(request.customer_id), request.active);
    let company = app.catalogue.facts().await?.company.id;
    keep(app, who, CommandId(request.command_id), SetCustomerActive::NAME, id, move |tx| {
        Box::pin(async move { known(customer::set_customer_active(tx, company, id, active).await?) })
    })
    .await
}

/// Does a change once, and answers with the customer as they are.
async fn keep<F>(
    app: &App,
    who: &Who,
    command: CommandId,
    name: &'static str,
    id: CustomerId,
    work: F,
) -> Result<CustomerView, Refusal>
where
    F: for<'t> Fn(&'t mut Tx) -> Work<'t, (), Refusal> + Send + Sync + 'static,
{
    let company = app.catalogue.facts().await?.company.id;
    once(app, who.actor()?, command, name, app.env.now(), work).await?;
    let read = app.store.read::<_, StoreError, _>(move |tx| Box::pin(customer::customer(tx, company, id)));
    let found = read.await.map_err(Refusal::from);
    once::done(found.and_then(|found| found.map(view).ok_or(Refusal::UnknownCustomer)))
}

const fn known(found: bool) -> Result<(), Refusal> {
    if found { Ok(()) } else { Err(Refusal::UnknownCustomer) }
}

fn checked(typed: CustomerDetails) -> Result<Details, Refusal> {
    let CustomerDetails { name, phone, email, address, tax_number, note } = typed;
    let details = Details { name, phone, email, address, tax_number, note };
    details.checked().map_err(|why| match why {
        BadDetails::TooLong => {
            Refusal::OutOfBounds { field: Field::CustomerText, least: 0, most: MAX_CUSTOMER_TEXT }
        }
        why => Refusal::BadCustomer { why },
    })
}

fn view(customer: Customer) -> CustomerView {
    let Details { name, phone, email, address, tax_number, note } = customer.details;
    CustomerView {
        id: customer.id.0,
        details: CustomerDetails { name, phone, email, address, tax_number, note },
        active: customer.active,
    }
}
