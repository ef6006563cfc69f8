//! A menu that is read again takes the memory of what is different: what is as it was stays where it lies.
//!
//! Every row is read and compared, so nothing is kept that a reading without a memory would not have found.

use super::Product;
use fastops_domain::ids::ProductId;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::Arc;

/// Takes in products as they come, and shares those that are as they were.
#[derive(Debug)]
pub(super) struct Products<'a> {
    known: &'a [Arc<Product>],
    /// Where the next one stood, if the order is what it was.
    next: usize,
    /// Where each one stood: wanted only once the order is another.
    places: Option<HashMap<ProductId, usize>>,
    read: Vec<Arc<Product>>,
}

impl<'a> Products<'a> {
    pub(super) fn after(known: &'a [Arc<Product>]) -> Self {
        Self { known, next: 0, places: None, read: Vec::with_capacity(known.len()) }
    }

    pub(super) fn take(&mut self, product: Product) {
        let known = self.known_as(product.id).filter(|known| ***known == product);
        self.read.push(known.map_or_else(|| Arc::new(product), Arc::clone));
    }

    fn known_as(&mut self, id: ProductId) -> Option<&'a Arc<Product>> {
        if self.known.get(self.next).is_none_or(|next| next.id != id) {
            let known = self.known;
            let places = self.places.get_or_insert_with(|| {
                known.iter().enumerate().map(|(at, product)| (product.id, at)).collect()
            });
            self.next = *places.get(&id)?;
        }
        self.next += 1;
        self.known.get(self.next - 1)
    }

    pub(super) fn done(mut self) -> Vec<Arc<Product>> {
        self.read.shrink_to_fit();
        self.read
    }
}

/// Takes in the rows of a list as they come, and gives the list of before when they are the same.
#[derive(Debug)]
pub(crate) struct List<'a, T> {
    known: &'a Arc<Vec<T>>,
    /// How many rows were as they were, while all were.
    same: usize,
    /// All rows, once one was different.
    read: Option<Vec<T>>,
}

impl<'a, T: Clone + PartialEq> List<'a, T> {
    pub(crate) const fn after(known: &'a Arc<Vec<T>>) -> Self {
        Self { known, same: 0, read: None }
    }

    pub(crate) fn take(&mut self, row: T) {
        if let Some(read) = &mut self.read {
            read.push(row);
        } else if self.known.get(self.same) == Some(&row) {
            self.same += 1;
        } else {
            let mut read = self.known[..self.same].to_vec();
            read.push(row);
            self.read = Some(read);
        }
    }

    pub(crate) fn done(self) -> Arc<Vec<T>> {
        match self.read {
            Some(mut read) => {
                read.shrink_to_fit();
                Arc::new(read)
            }
            None if self.same == self.known.len() => Arc::clone(self.known),
            None => Arc::new(self.known[..self.same].to_vec()),
        }
    }
}

/// Gathers what belongs to products, of rows that come product by product. What several have alike is held once.
#[derive(Debug)]
pub(super) struct Shared<T> {
    of: HashMap<ProductId, Arc<[T]>>,
    lists: HashSet<Arc<[T]>>,
    /// The product whose rows are coming, with those that came.
    coming: Option<(ProductId, Vec<T>)>,
}

impl<T: Clone + Eq + Hash> Shared<T> {
    pub(super) fn new() -> Self {
        Self { of: HashMap::new(), lists: HashSet::new(), coming: None }
    }

    pub(super) fn take(&mut self, product: ProductId, item: T) {
        match &mut self.coming {
            Some((coming, items)) if *coming == product => items.push(item),
            _ => {
                self.keep();
                self.coming = Some((product, vec![item]));
            }
        }
    }

    fn keep(&mut self) {
        let Some((product, items)) = self.coming.take() else { return };
        let list = self.lists.get(&*items).cloned().unwrap_or_else(|| {
            let list: Arc<[T]> = items.into();
            self.lists.insert(Arc::clone(&list));
            list
        });
        self.of.insert(product, list);
    }

    pub(super) fn done(mut self) -> HashMap<ProductId, Arc<[T]>> {
        self.keep();
        self.of
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fastops_domain::ids::CategoryId;
    use fastops_domain::menu::{ProductKind, Unit};
    use fastops_domain::money::Money;
    use uuid::Uuid;

    fn product(id: u128, price: i64) -> Product {
        Product {
            id: ProductId(Uuid::from_u128(id)),
            category: CategoryId(Uuid::nil()),
            name: format!("Product {id}"),
            short_code: String::new(),
            price: Money(price),
            taxes: Arc::default(),
            position: 0,
            sold_out: false,
            active: true,
            preparation_minutes: 0,
            kind: ProductKind::Product,
            tracks_stock: false,
            cost: None,
            unit: Unit::Each,
        }
    }

    fn read(known: &[Arc<Product>], now: &[(u128, i64)]) -> Vec<Arc<Product>> {
        let mut products = Products::after(known);
        for (id, price) in now {
            products.take(product(*id, *price));
        }
        products.done()
    }

    #[test]
    fn products_that_are_as_they_were_stay_where_they_lie() {
        let known = read(&[], &[(1, 10), (2, 20), (3, 30), (4, 40)]);
        // What came: one dearer, one gone, two the other way round, one new.
        let now = [(4, 40), (1, 11), (5, 50), (3, 30)];
        let again = read(&known, &now);
        let found: Vec<_> = again.iter().map(|product| (product.id.0.as_u128(), product.price.0)).collect();
        assert_eq!(found, now);
        let shared = |at: usize| known.iter().any(|known| Arc::ptr_eq(known, &again[at]));
        assert_eq!([0, 1, 2, 3].map(shared), [true, false, false, true]);
    }

    #[test]
    fn a_list_is_the_same_one_until_something_in_it_is_different() {
        let known = Arc::new(vec![1, 2, 3]);
        let read = |now: &[i32]| {
            let mut list = List::after(&known);
            for row in now {
                list.take(*row);
            }
            list.done()
        };
        assert!(Arc::ptr_eq(&read(&[1, 2, 3]), &known));
        for other in [&[1, 2][..], &[], &[1, 2, 3, 4], &[1, 7, 3], &[2, 3], &[7, 1, 2, 3]] {
            assert_eq!(*read(other), other);
        }
    }

    #[test]
    fn what_several_products_have_alike_is_held_once() {
        let mut shared = Shared::new();
        let rows = [(1, 'a'), (1, 'b'), (2, 'a'), (3, 'a'), (3, 'b'), (4, 'b'), (4, 'a')];
        for (id, tax) in rows {
            shared.take(ProductId(Uuid::from_u128(id)), tax);
        }
        let of = shared.done();
        let list = |id| &of[&ProductId(Uuid::from_u128(id))];
        assert_eq!([1, 2, 3, 4].map(|id| list(id).to_vec()), [vec!['a', 'b'], vec!['a'], vec!['a', 'b'], vec!['b', 'a']]);
        assert!(Arc::ptr_eq(list(1), list(3)));
        assert_eq!(of.len(), 4);
    }
}
