//! The menu changed as a preview showed it: checked again, then written in one unit of work with its audit.

mod variants;

use super::{count, is_same_menu, mark, menu, plan};
use crate::once::once;
use crate::products_file::{CategoryWish, FileProblem, Kept, Menu, NAMED_ROWS, Outcome, Plan, Wish};
use crate::refusal::Refusal;
use crate::wire::{ImportProducts, ImportedProducts};
use crate::{Actor, App, Command as _, Who};
use fastops_domain::ids::{BranchId, CategoryId, CommandId, CompanyId, ProductId};
use fastops_domain::menu::CHIPS;
use fastops_domain::stock::Item;
use fastops_domain::time::Time;
use fastops_store::audit::AuditRow;
use fastops_store::change::{self, Versions};
use fastops_store::menu::bulk::{self, Bulk, NewCategory, ProductRow};
use fastops_store::{StoreError, audit};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use std::collections::HashMap;
use std::sync::Arc;

/// How often it is looked again when somebody changes the menu at the same moment.
const LOOKS: u32 = 3;
/// Longest name of a file in the books, in characters.
const MAX_FILE_NAME: usize = 120;

pub(crate) async fn import_products(
    app: &App,
    who: &Who,
    request: ImportProducts,
) -> Result<ImportedProducts, Refusal> {
    let actor = who.actor()?;
    let request = Arc::new(request);
    let mut looks = LOOKS;
    loop {
        looks -= 1;
        let import = prepare(app, actor, &request).await?;
        let kept = write(app, actor, &request, import).await;
        // Only the menu's versions are compared here, and nothing was written: it is read anew.
        if let Err(Refusal::Store(StoreError::Stale { .. })) = &kept
            && looks > 0
        {
            continue;
        }
        return Ok(kept?.outcome.into());
    }
}

/// What an import gave, as its memory keeps it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Counts {
    created: u32,
    changed: u32,
    #[serde(default)]
    variants: u32,
    same: u32,
    skipped: u32,
    categories: u32,
}

impl From<Counts> for ImportedProducts {
    fn from(counts: Counts) -> Self {
        let Counts { created, changed, variants, same, skipped, categories } = counts;
        Self { created, changed, variants, same, skipped, categories }
    }
}

/// Everything that is written, and the state of the menu for which it is right.
#[derive(Debug)]
struct Import {
    versions: Versions,
    company: CompanyId,
    branch: BranchId,
    bulk: Bulk,
    acts: Vec<AuditRow>,
    counts: Counts,
}

/// Compares the file with the menu as it is now. What forbids it is told by whoever writes, so that a command that
/// was done already gives its answer and not what would be wrong with it now.
async fn prepare(
    app: &App,
    actor: &Actor,
    request: &Arc<ImportProducts>,
) -> Result<Result<Import, FileProblem>, Refusal> {
    let facts = app.catalogue.facts().await?;
    let (company, branch) = (facts.company.id, facts.branch.id);
    let (menu, versions) = menu(app).await?;
    let (ids, now) = (app.env.clone(), app.env.now());
    let by = By { branch, at: now, user: actor.user(), terminal: actor.live.terminal.id };
    let request = Arc::clone(request);
    super::apart(move || {
        let plan = plan(&menu, &request.bytes)?;
        if let Some(problem) = forbidden(&menu, &plan, &request) {
            return Ok(Err(problem));
        }
        let new_id = || ids.new_id();
        let mut counts = counted(&plan);
        let (bulk, written) = gather(&menu, &plan, new_id);
        counts.categories = count(bulk.categories.len());
        let mut acts = vec![by.act(new_id(), ("company", company.0), json!({
            "file": request.name.chars().take(MAX_FILE_NAME).collect::<String>(),
            "created": counts.created, "changed": counts.changed, "variants": counts.variants, "same": counts.same,
            "skipped": counts.skipped, "categories": plan.new_categories, "sizes": plan.new_sizes,
            "colors": plan.new_colors,
        }))];
        acts.extend(written.into_iter().map(|(product, detail)| by.act(new_id(), ("product", product.0), detail)));
        Ok(Ok(Import { versions, company, branch, bulk, acts, counts }))
    })
    .await?
}

/// Who imports, when and where.
#[derive(Clone, Copy, Debug)]
struct By {
    branch: BranchId,
    at: Time,
    user: fastops_domain::ids::UserId,
    terminal: fastops_domain::ids::TerminalId,
}

impl By {
    fn act(&self, id: uuid::Uuid, subject: (&str, uuid::Uuid), detail: Json) -> AuditRow {
        AuditRow {
            id,
            branch: self.branch,
            at: self.at,
            user: Some(self.user),
            terminal: Some(self.terminal),
            action: ImportProducts::NAME.into(),
            subject_kind: subject.0.into(),
            subject: subject.1,
            detail,
        }
    }
}

async fn write(
    app: &App,
    actor: &Actor,
    request: &ImportProducts,
    import: Result<Import, FileProblem>,
) -> Result<crate::once::Once<Counts>, Refusal> {
    let (import, now) = (Arc::new(import), app.env.now());
    once(app, actor, CommandId(request.command_id), ImportProducts::NAME, now, move |tx| {
        let import = Arc::clone(&import);
        Box::pin(async move {
            let import = import.as_ref().as_ref().map_err(|problem| Refusal::from(problem.clone()))?;
            if !is_same_menu(&change::hold_menu(tx).await?, &import.versions) {
                return Err(Refusal::Store(StoreError::Stale { what: "menu" }));
            }
            bulk::save(tx, import.company, import.branch, &import.bulk).await?;
            audit::append(tx, import.branch, &import.acts).await?;
            Ok(import.counts)
        })
    })
    .await
}

/// Why the file is not taken as it is.
fn forbidden(menu: &Menu, plan: &Plan, request: &ImportProducts) -> Option<FileProblem> {
    let mut seen = request.seen.iter();
    let moved = plan.rows.iter().filter(|row| seen.next() != Some(&mark(menu, row)));
    let moved: Vec<u32> = moved.map(|row| row.number).take(NAMED_ROWS).collect();
    if !moved.is_empty() || request.seen.len() != plan.rows.len() {
        return Some(FileProblem::Moved { rows: moved });
    }
    let rows = plan.rows.iter().filter(|row| matches!(row.outcome, Outcome::Error(_))).count();
    (rows > 0 && !request.skip_errors).then_some(FileProblem::Errors { rows })
}

fn counted(plan: &Plan) -> Counts {
    let mut counts = Counts::default();
    for row in &plan.rows {
        match row.outcome {
            Outcome::New { .. } => counts.created += 1,
            Outcome::Changed { .. } => counts.changed += 1,
            Outcome::NewVariant { .. } | Outcome::ChangedVariant { .. } => counts.variants += 1,
            Outcome::Same => counts.same += 1,
            Outcome::Error(_) => counts.skipped += 1,
        }
    }
    counts
}

/// What is written, and for each product what the books say of it.
fn gather(menu: &Menu, plan: &Plan, new_id: impl Fn() -> uuid::Uuid) -> (Bulk, Vec<(ProductId, Json)>) {
    let mut bulk = Bulk { categories: categories(menu, plan, &new_id), ..Bulk::default() };
    let made: HashMap<&str, CategoryId> =
        bulk.categories.iter().map(|category| (category.name.as_str(), category.id)).collect();
    let mut places = Places::new(menu);
    let mut written = Vec::new();
    let mut all = Vec::new();
    // The products that rows make, by the rows' places.
    let mut new = HashMap::new();
    for (place, row) in plan.rows.iter().enumerate() {
        let (wish, before) = match &row.outcome {
            Outcome::New { wish, .. } => (wish, None),
            Outcome::Changed { product, wish, .. } => (wish, menu.products.get(*product)),
            Outcome::NewVariant { .. }
            | Outcome::ChangedVariant { .. }
            | Outcome::Same
            | Outcome::Error(_) => continue,
        };
        let category = match &wish.category {
            CategoryWish::Known(id) => *id,
            // The plan names every category that is made.
            CategoryWish::New(name) => match made.get(name.as_str()) {
                Some(id) => *id,
                None => continue,
            },
        };
        let id = before.map_or_else(|| ProductId(new_id()), |before| before.id);
        new.insert(place, id);
        all.push((id, category, places.of(category, before), wish, before));
        written.push((id, json!({ "before": before.map(kept_detail), "after": wish_detail(wish) })));
    }
    for (id, category, position, wish, before) in all {
        put(&mut bulk, row_of(id, category, position, wish), wish, before);
    }
    written.extend(variants::gather(menu, plan, &new, &mut bulk, &new_id));
    (bulk, written)
}

fn row_of(id: ProductId, category: CategoryId, position: i32, wish: &Wish) -> ProductRow {
    ProductRow {
        id,
        category,
        name: wish.name.clone(),
        short_code: wish.code.clone(),
        price: wish.price,
        active: wish.active,
        minutes: wish.minutes,
        position,
    }
}

/// Only what is another is written: the rest of a product stays untouched.
fn put(bulk: &mut Bulk, row: ProductRow, wish: &Wish, before: Option<&Kept>) {
    let id = row.id;
    if before.map_or(!wish.taxes.is_empty(), |before| before.taxes != wish.taxes) {
        bulk.taxes.push((id, wish.taxes.clone()));
    }
    if before.map_or(!wish.groups.is_empty(), |before| before.groups != wish.groups) {
        bulk.groups.push((id, wish.groups.clone()));
    }
    if before.and_then(|before| before.station) != wish.station {
        bulk.stations.push((id, wish.station));
    }
    if before.map_or(!wish.barcodes.is_empty(), |before| before.barcodes != wish.barcodes) {
        bulk.barcodes.push((Item::product(id), wish.barcodes.clone()));
    }
    if before.is_some() { bulk.changed.push(row) } else { bulk.new.push(row) }
}

/// Each new category in the colour that the fewest have.
fn categories(menu: &Menu, plan: &Plan, new_id: &impl Fn() -> uuid::Uuid) -> Vec<NewCategory> {
    let used = |chip: &str| menu.categories.iter().filter(|(_, _, color)| color == chip).count();
    let mut used: Vec<(usize, &str)> = CHIPS.iter().map(|chip| (used(chip), *chip)).collect();
    let made = plan.new_categories.iter().map(|name| {
        used.sort_by_key(|(count, _)| *count);
        used[0].0 += 1;
        NewCategory { id: CategoryId(new_id()), name: name.clone(), color: used[0].1.to_owned() }
    });
    made.collect()
}

/// Where products stand in their categories: those that come stand last.
struct Places {
    next: HashMap<CategoryId, i32>,
}

impl Places {
    fn new(menu: &Menu) -> Self {
        let mut next: HashMap<CategoryId, i32> = HashMap::new();
        for product in &menu.products {
            let next = next.entry(product.category).or_default();
            *next = product.position.saturating_add(1).max(*next);
        }
        Self { next }
    }

    fn of(&mut self, category: CategoryId, before: Option<&Kept>) -> i32 {
        if let Some(before) = before.filter(|before| before.category == category) {
            return before.position;
        }
        let next = self.next.entry(category).or_default();
        *next = next.saturating_add(1);
        *next - 1
    }
}

fn kept_detail(before: &Kept) -> Json {
    json!({
        "name": before.name, "short_code": before.code, "price_minor": before.price.0, "active": before.active,
    })
}

fn wish_detail(wish: &Wish) -> Json {
    json!({ "name": wish.name, "short_code": wish.code, "price_minor": wish.price.0, "active": wish.active })
}
