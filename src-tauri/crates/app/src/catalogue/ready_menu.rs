//! The menu as commands need it: its products and questions found by their ids, its search, what selling takes.

use super::facts::item;
use crate::feature::search;
use fastops_domain::ids::{ModifierGroupId, ProductId};
use fastops_domain::price_list::PriceList;
use fastops_domain::search::Index;
use fastops_domain::stock::{Item, MoveKind, Quantity, Use};
use fastops_store::menu::Menu;
use fastops_store::recipe::RecipeLine;
use std::collections::{HashMap, HashSet};
use std::ops::Deref;
use std::sync::{Arc, OnceLock};
use uuid::Uuid;

/// The menu of a branch; an empty one until it is read.
#[derive(Debug, Default)]
pub(crate) struct ReadyMenu {
    menu: Menu,
    pub(super) price_lists: Vec<PriceList>,
    pub(super) product_at: HashMap<ProductId, usize>,
    pub(super) group_at: HashMap<ModifierGroupId, usize>,
    pub(super) variants_at: HashMap<ProductId, Vec<usize>>,
    /// Of what moves stock alone, by what is sold.
    pub(super) uses: HashMap<Uuid, Vec<Use>>,
    /// Built when the first search asks for it; a menu in which the same is found has the same one.
    search: Arc<OnceLock<Index>>,
}

impl ReadyMenu {
    /// The menu that was read after this one; this one itself if nothing is different.
    pub(super) fn again(
        self: Arc<Self>,
        menu: Menu,
        price_lists: Vec<PriceList>,
        recipes: &[RecipeLine],
    ) -> Arc<Self> {
        let uses = uses(&menu, recipes);
        if self.menu == menu && self.price_lists == price_lists && self.uses == uses {
            return self;
        }
        let product_at = menu.products.iter().zip(0..).map(|(product, at)| (product.id, at)).collect();
        let group_at = menu.groups.iter().zip(0..).map(|(group, at)| (group.id, at)).collect();
        let mut variants_at: HashMap<_, Vec<_>> = HashMap::new();
        for (variant, at) in menu.variants.iter().zip(0..) {
            variants_at.entry(variant.product).or_default().push(at);
        }
        let finds_the_same = search::finds_the_same(&self.menu, &menu);
        let search = if finds_the_same { Arc::clone(&self.search) } else { Arc::default() };
        Arc::new(Self { menu, price_lists, product_at, group_at, variants_at, uses, search })
    }

    /// The products, ready to be searched.
    pub(super) fn search(&self) -> &Index {
        self.search.get_or_init(|| search::index(&self.menu))
    }

    pub(super) fn has_search(&self) -> bool {
        self.search.get().is_some()
    }
}

/// What selling takes out of stock: the thing itself when its product is counted, and what is counted of what it
/// is made of, a variant by its own recipe or else by its product's. What an ingredient was made of itself was
/// taken when that was made.
fn uses(menu: &Menu, recipes: &[RecipeLine]) -> HashMap<Uuid, Vec<Use>> {
    let mut made: HashMap<Uuid, Vec<Use>> = HashMap::new();
    for line in recipes {
        // What has a recipe is made by it, also when nothing in it is counted.
        let recipe = made.entry(line.makes.id()).or_default();
        if line.tracks_stock {
            let ingredient = line.ingredient;
            let item = Item::product(ingredient.product);
            recipe.push(Use { item, quantity: ingredient.quantity, kind: MoveKind::Recipe });
        }
    }
    let counted: HashSet<ProductId> =
        menu.products.iter().filter(|product| product.tracks_stock).map(|product| product.id).collect();
    let products = menu.products.iter().map(|product| Item::product(product.id));
    let sold = products.chain(menu.variants.iter().map(item));
    let taken = sold.map(|sold| {
        let itself = Use { item: sold, quantity: Quantity::UNIT, kind: MoveKind::Sale };
        let recipe = made.get(&sold.id()).or_else(|| made.get(&sold.product.0));
        let itself = counted.contains(&sold.product).then_some(itself);
        (sold.id(), itself.into_iter().chain(recipe.into_iter().flatten().copied()).collect())
    });
    taken.filter(|(_, uses): &(Uuid, Vec<Use>)| !uses.is_empty()).collect()
}

impl Deref for ReadyMenu {
    type Target = Menu;

    fn deref(&self) -> &Menu {
        &self.menu
    }
}
