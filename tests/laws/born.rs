//! Law: a company and a branch are born complete, and nothing is made against a parent that is missing.

use super::on_both_engines;
use super::world::{NOW, World, id, order_id};
use fastops_domain::ids::{
    BranchId, CategoryId, CommandId, CompanyId, LocationId, ProductId, StationId, StockMoveId, UserId,
};
use fastops_domain::stock::{Item, MoveKind, Quantity};
use fastops_domain::user::Role;
use fastops_store::stock::{self, Move, Posting};
use fastops_store::{
    Store, StoreError, Tx, Work, company, menu, numbering, order, payment, probe, role, station, user,
    variant,
};

on_both_engines!(
    a_company_and_its_branch_are_born_complete,
    half_a_company_is_none,
    a_branch_without_its_default_location_cannot_be_committed,
    nothing_is_made_against_a_missing_parent,
);

async fn unit<T: Send + 'static>(
    store: &Store,
    world: &World,
    work: for<'t> fn(&'t mut Tx, World) -> Work<'t, T, StoreError>,
) -> Result<T, StoreError> {
    let world = world.clone();
    store.write(move |tx| work(tx, world.clone())).await
}

async fn a_company_and_its_branch_are_born_complete(store: Store) {
    let world = World::open(&store).await;
    unit(&store, &world, |tx, world| {
        Box::pin(async move {
            let (company, branch) = (world.company.id, world.branch.id);
            let mut roles = world.new_company().roles;
            roles.sort_by(|left, right| left.name.cmp(&right.name));
            for role in &mut roles {
                role.permissions.sort_by_key(|permission| permission.code());
            }
            assert_eq!(role::roles(tx, company).await?, roles);
            assert_eq!(variant::sizes(tx, company).await?, world.new_company().sizes);
            assert_eq!(variant::colors(tx, company).await?, world.new_company().colors);
            assert_eq!(payment::methods(tx, company).await?.len(), 1);
            assert_eq!(menu::menu(tx, branch).await?.taxes[&world.tax.id], world.tax.tax);
            let locations = stock::locations(tx, branch).await?;
            assert_eq!(locations.len(), 1);
            assert_eq!(locations[0].id, world.branch.default_location);
            assert_eq!(station::stations(tx, branch).await?.len(), 2);
            let range = numbering::range(tx, branch, "receipt").await?;
            assert_eq!(range.map(|range| range.numbering.prefix), Some("FE".into()));
            Ok(())
        })
    })
    .await
    .unwrap();
}

/// What cannot be made whole is not made at all.
async fn half_a_company_is_none(store: Store) {
    let world = World::open(&store).await;
    let refused = unit(&store, &world, |tx, world| {
        Box::pin(async move {
            let mut new = world.new_company();
            new.company.id = CompanyId(id(1, 2));
            // The taxes have the ids of the first company's, so this fails in the middle.
            company::create(tx, &new).await
        })
    })
    .await;
    assert!(matches!(refused, Err(StoreError::Conflict { .. })), "{refused:?}");
    let found = unit(&store, &world, |tx, _| Box::pin(role::roles(tx, CompanyId(id(1, 2))))).await.unwrap();
    assert_eq!(found, []);
}

async fn a_branch_without_its_default_location_cannot_be_committed(store: Store) {
    let world = World::open(&store).await;
    let raw = |branch: u64, location: u64| {
        format!(
            "INSERT INTO branch (id, company_id, name, language, utc_offset_minutes, default_location_id)
             VALUES ({}, {}, 'Norte {branch}', 'es', 0, {})",
            probe::literal(&store, id(2, branch)),
            probe::literal(&store, world.company.id.0),
            probe::literal(&store, id(15, location)),
        )
    };
    // Location 1 is there, but it is another branch's.
    for (branch, location) in [(2, 2), (3, 1)] {
        let statement = raw(branch, location);
        let refused = store
            .write::<_, StoreError, _>(move |tx| {
                let statement = statement.clone();
                Box::pin(async move { probe::execute(tx, &statement).await })
            })
            .await;
        assert!(matches!(refused, Err(StoreError::Dangling(_))), "{refused:?}");
    }
    let known = store.read::<_, StoreError, _>(|tx| Box::pin(company::first_branch(tx))).await.unwrap();
    assert_eq!(known.map(|(_, branch)| branch), Some(world.branch));
}

/// Work that must be refused because something that it needs is not there.
type Orphan = (&'static str, for<'t> fn(&'t mut Tx, World) -> Work<'t, (), StoreError>);

const ORPHANS: [Orphan; 8] = [
    ("a branch without a company", |tx, world| {
        Box::pin(async move {
            let mut new = world.new_branch();
            new.branch.company = CompanyId(id(1, 99));
            new.branch.id = BranchId(id(2, 99));
            company::create_branch(tx, &new).await
        })
    }),
    ("a user without a role", |tx, world| {
        Box::pin(async move {
            let user = user::User {
                id: UserId(id(9, 99)),
                company: CompanyId(id(1, 99)),
                role: Role::Admin,
                ..world.waiter
            };
            user::insert_user(tx, &user).await
        })
    }),
    ("a product without a category", |tx, world| {
        Box::pin(async move {
            let product =
                menu::Product { id: ProductId(id(11, 99)), category: CategoryId(id(4, 99)), ..world.product };
            menu::insert_product(tx, &product).await
        })
    }),
    ("a station without a branch", |tx, world| {
        Box::pin(async move {
            let [first, _] = world.stations;
            let station =
                station::Station { id: StationId(id(12, 99)), branch: BranchId(id(2, 99)), ..first };
            station::insert_stations(tx, &[station]).await
        })
    }),
    ("an order without a branch", |tx, world| {
        Box::pin(async move {
            let mut new = world.new_order(99, 1);
            new.branch = BranchId(id(2, 99));
            order::insert_order(tx, &new).await
        })
    }),
    ("a line without an order", |tx, world| {
        Box::pin(async move {
            order::insert_lines(tx, order_id(99), world.waiter.id, NOW, &[world.line(99, 1)]).await
        })
    }),
    ("a stock move without a location", |tx, world| {
        Box::pin(async move {
            let item = Item::product(world.product.id);
            post(tx, &world, LocationId(id(15, 99)), item).await
        })
    }),
    ("a stock move without a product", |tx, world| {
        Box::pin(async move {
            let item = Item::product(ProductId(id(11, 99)));
            post(tx, &world, world.branch.default_location, item).await
        })
    }),
];

async fn post(tx: &mut Tx, world: &World, location: LocationId, item: Item) -> Result<(), StoreError> {
    let by = Posting { command: CommandId(id(30, 99)), user: world.waiter.id, at: NOW };
    let moved = Move {
        id: StockMoveId(id(40, 99)),
        location,
        item,
        quantity: Quantity(1000),
        kind: MoveKind::Receive,
        line: None,
        reason: None,
    };
    stock::post(tx, by, &[moved]).await.map(drop)
}

async fn nothing_is_made_against_a_missing_parent(store: Store) {
    let world = World::open(&store).await;
    for (what, work) in ORPHANS {
        let refused = unit(&store, &world, work).await;
        assert!(matches!(refused, Err(StoreError::Dangling(_))), "{what}: {refused:?}");
    }
}
