//! What is left on the shelf, and that the menu is another, told to every screen as it changes, whoever changed it.
//!
//! Counts stand beside the menu and not in it: a sale changes a number, and neither what the cores keep of the
//! menu nor what the screens show of it has to be read anew for that.

use crate::catalogue::{Catalogue, Standing};
use crate::feature::stock;
use crate::refusal::Refusal;
use crate::wire::{Event, ProductStock};
use crate::{App, Inner, services};
use fastops_domain::ids::ProductId;
use fastops_store::Store;
use fastops_store::change::{Changes, Topic};
use std::collections::HashMap;
use std::sync::Weak;
use std::time::Duration;
use tokio::sync::watch;

/// Least time between two looks, so that a rush is told in few words; after one that found no other menu, another menu
/// is told at once.
const PAUSE: Duration = Duration::from_millis(200);
/// Time before another look when the store could not be read.
pub(crate) const AGAIN: Duration = Duration::from_secs(1);

/// What the screens know.
#[derive(Debug)]
pub(crate) struct Told {
    /// What was known of changes before it was read.
    at: Changes,
    standings: HashMap<ProductId, Standing>,
}

/// Tells until the core stops; `told` is what a screen that asks at the start is told, and is read anew when there
/// is none.
pub(crate) async fn keep_telling(inner: Weak<Inner>, told: Option<Told>, mut stopped: watch::Receiver<bool>) {
    let told = match told {
        Some(told) => Some(told),
        None => services::told_anew(&inner, &mut stopped).await,
    };
    let Some(mut told) = told else { return };
    let Some(mut changes) = inner.upgrade().map(|inner| inner.store.changes()) else { return };
    loop {
        let strong = inner.upgrade();
        let Some(strong) = strong else { return };
        let now = *changes.borrow_and_update();
        let tale = App { inner: strong }.tell(&mut told, now).await;
        let at = told.at;
        tokio::select! {
            () = tokio::time::sleep(if tale.is_err() { AGAIN } else { PAUSE }) => {}
            gone = until_other_menu(changes.clone(), at), if matches!(tale, Ok(Tale::NoMenu)) => {
                if gone {
                    return;
                }
                continue;
            }
            _ = stopped.changed() => return,
        }
        if tale.is_err() {
            continue;
        }
        tokio::select! {
            woken = changes.changed() => if woken.is_err() { return },
            _ = stopped.changed() => return,
        }
    }
}

/// What a look found to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tale {
    /// That the menu is another.
    Menu,
    /// Anything else, or nothing.
    NoMenu,
}

fn is_other_menu(told: &Changes, now: &Changes) -> bool {
    !told.is_current(now, &[Topic::Menu, Topic::Stations])
}

/// Waits until the menu is another than what was told of; whether nothing will be known of changes any more. With a
/// receiver of its own, for what it has seen the loop has not.
async fn until_other_menu(mut changes: watch::Receiver<Changes>, told: Changes) -> bool {
    changes.wait_for(|now| is_other_menu(&told, now)).await.is_err()
}

impl Told {
    /// What a screen is told that asks now.
    pub(crate) async fn now(store: &Store, catalogue: &Catalogue) -> Result<Self, Refusal> {
        let at = *store.changes().borrow();
        Ok(Self { at, standings: standings(store, catalogue).await? })
    }
}

impl App {
    /// Tells what changed since `told`. Who hears that the menu changed asks for all of it, counts included.
    async fn tell(&self, told: &mut Told, now: Changes) -> Result<Tale, Refusal> {
        let menu = is_other_menu(&told.at, &now);
        if menu || !told.at.is_current(&now, &[Topic::Stock]) {
            let standings = standings(&self.store, &self.catalogue).await?;
            let products = differences(&told.standings, &standings);
            told.standings = standings;
            if menu {
                self.events.emit(self.env.now(), Event::MenuChanged);
            } else if !products.is_empty() {
                self.events.emit(self.env.now(), Event::StockChanged { products });
            }
        }
        told.at = now;
        Ok(if menu { Tale::Menu } else { Tale::NoMenu })
    }
}

/// How the products stand that are counted.
async fn standings(store: &Store, catalogue: &Catalogue) -> Result<HashMap<ProductId, Standing>, Refusal> {
    let facts = catalogue.facts().await?;
    let left = stock::left(store, &facts).await?;
    let counted = facts.menu.products.iter().filter(|product| facts.counts(product.id));
    Ok(counted.map(|product| (product.id, facts.standing(product, &left))).collect())
}

fn differences(
    before: &HashMap<ProductId, Standing>,
    now: &HashMap<ProductId, Standing>,
) -> Vec<ProductStock> {
    let changed = now.iter().filter(|(product, standing)| before.get(product) != Some(standing));
    changed
        .map(|(product, standing)| ProductStock {
            product_id: product.0,
            sold_out: standing.sold_out,
            remaining: standing.remaining,
            sold_out_variants: standing.gone_variants.iter().map(|variant| variant.0).collect(),
        })
        .collect()
}
