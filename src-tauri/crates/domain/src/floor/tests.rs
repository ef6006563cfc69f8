//! Every wish for the floor against every state that it may meet.

use super::*;
use proptest::prelude::*;
use uuid::Uuid;

fn room_id(n: u128) -> RoomId {
    RoomId(Uuid::from_u128(n))
}

fn table_id(n: u128) -> TableId {
    TableId(Uuid::from_u128(n))
}

const fn spot(x: i32, y: i32, width: i32, height: i32) -> Spot {
    Spot { x, y, width, height }
}

fn room(n: u128, name: &str, active: bool) -> PlannedRoom {
    PlannedRoom { id: room_id(n), name: name.into(), active }
}

fn table(n: u128, of: u128, name: &str, spot: Spot, active: bool) -> PlannedTable {
    PlannedTable { id: table_id(n), room: room_id(of), name: name.into(), spot, active }
}

/// Two rooms; tables 1 (with order 7) and 2 stand in the first, 9 was taken off it; 3 stands in the second.
fn plan() -> FloorPlan {
    FloorPlan {
        rooms: vec![room(1, "Salón", true), room(2, "Terraza", true)],
        tables: vec![
            table(1, 1, "1", spot(0, 0, 3, 3), true),
            table(2, 1, "2", spot(4, 0, 3, 3), true),
            table(9, 1, "9", spot(4, 0, 3, 3), false),
            table(3, 2, "3", spot(0, 0, 3, 3), true),
        ],
        open: vec![OpenOrder { table: table_id(1), number: 7 }],
    }
}

#[test]
fn names_are_words_with_one_blank_between() {
    assert_eq!(place_name("  Salón \t de\natrás ", MAX_ROOM_NAME).as_deref(), Some("Salón de atrás"));
    for bad in ["", " \n ", "a\u{7}b", &"x".repeat(MAX_TABLE_NAME + 1)] {
        assert_eq!(place_name(bad, MAX_TABLE_NAME), None, "{bad:?}");
    }
}

#[test]
fn a_table_lies_on_the_grid_and_is_as_large_as_a_thumb() {
    for good in [spot(0, 0, 2, 2), spot(COLUMNS - 2, ROWS - 2, 2, 2), spot(0, 0, COLUMNS, ROWS)] {
        assert!(good.fits(), "{good:?}");
    }
    let bad = [
        spot(-1, 0, 3, 3),
        spot(0, -1, 3, 3),
        spot(0, 0, 1, 3),
        spot(0, 0, 3, 1),
        spot(COLUMNS - 2, 0, 3, 3),
        spot(0, ROWS - 2, 3, 3),
        spot(i32::MAX, 0, 3, 3),
        spot(0, 0, i32::MAX, 3),
    ];
    for bad in bad {
        assert!(!bad.fits(), "{bad:?}");
    }
}

proptest! {
    /// The corners' arithmetic says the same as walking over every unit.
    #[test]
    fn two_tables_overlap_when_they_share_a_unit(
        a in (0..6, 0..6, 1..4, 1..4), b in (0..6, 0..6, 1..4, 1..4),
    ) {
        let [one, other] = [a, b].map(|(x, y, width, height)| spot(x, y, width, height));
        let units = |of: Spot| -> HashSet<(i32, i32)> {
            (of.x..of.x + of.width).flat_map(|x| (of.y..of.y + of.height).map(move |y| (x, y))).collect()
        };
        prop_assert_eq!(one.overlaps(other), !units(one).is_disjoint(&units(other)));
        prop_assert_eq!(one.overlaps(other), other.overlaps(one));
    }
}

/// Every table against every wish for its room and its being there: an order holds it where it is.
#[test]
fn a_table_with_an_order_stays_on_the_floor_and_in_its_room() {
    for before in plan().tables {
        for to in [1, 2] {
            for active in [true, false] {
                let free = spot(20, 10, 3, 3);
                let name = format!("n{}", before.name);
                let wish = PlannedTable {
                    room: room_id(to),
                    active,
                    spot: free,
                    name: name.clone(),
                    ..before.clone()
                };
                let done = plan().with_tables(vec![wish.clone()]);
                let has_order = before.id == table_id(1);
                if has_order && (!active || to != 1) {
                    let busy = FloorProblem::TableBusy { table: before.name.clone(), number: 7 };
                    assert_eq!(done, Err(busy), "{wish:?}");
                } else {
                    assert_eq!(done.unwrap().table(before.id), Some(&wish));
                }
            }
        }
    }
}

#[test]
fn a_name_belongs_to_one_table_of_a_room() {
    let free = spot(20, 10, 3, 3);
    let add = |of, name: &str, active| plan().with_tables(vec![table(50, of, name, free, active)]).err();
    let taken = |name: &str| FloorProblem::TableNameTaken { name: name.into(), room: "Salón".into() };
    let off = FloorProblem::OffTableHasName { name: "9".into(), room: "Salón".into() };
    assert_eq!(add(1, "2", true), Some(taken("2")));
    assert_eq!(add(1, "9", true), Some(off));
    assert_eq!(add(1, "9", false), Some(taken("9")));
    assert_eq!(add(2, "2", true), None, "another room may have the number too");
    assert_eq!(add(3, "4", true), Some(FloorProblem::UnknownRoom));
    let named = plan().with_tables(vec![table(50, 1, "Barra", free, true)]).unwrap();
    let other = table(51, 1, "BARRA", spot(20, 5, 3, 3), true);
    assert_eq!(named.with_tables(vec![other]).err(), Some(taken("Barra")));
}

#[test]
fn tables_lie_beside_one_another() {
    let moved = |places: &[(u128, Spot)]| {
        let places: Vec<_> = places.iter().map(|(id, spot)| (table_id(*id), *spot)).collect();
        plan().with_places(room_id(1), &places)
    };
    let over = FloorProblem::Overlap { table: "1".into(), other: "2".into() };
    assert_eq!(moved(&[(1, spot(2, 2, 3, 3))]).err(), Some(over));
    assert_eq!(moved(&[(1, spot(4, 3, 3, 3))]).err(), None, "edges may touch");
    let swapped = moved(&[(1, spot(4, 0, 3, 3)), (2, spot(0, 0, 3, 3))]).unwrap();
    assert_eq!(swapped.table(table_id(1)).unwrap().spot, spot(4, 0, 3, 3), "both at once");
    assert_eq!(moved(&[(1, spot(-1, 0, 3, 3))]).err(), Some(FloorProblem::OffGrid { table: "1".into() }));
    for strange in [3, 9, 77] {
        assert_eq!(moved(&[(strange, spot(20, 10, 3, 3))]).err(), Some(FloorProblem::UnknownTable));
    }
    let twice = moved(&[(1, spot(20, 10, 3, 3)), (1, spot(20, 5, 3, 3))]);
    assert_eq!(twice.err(), Some(FloorProblem::Twice));
    let back = table(9, 1, "9", spot(4, 0, 3, 3), true);
    let over = FloorProblem::Overlap { table: "9".into(), other: "2".into() };
    assert_eq!(plan().with_tables(vec![back]).err(), Some(over), "what comes back needs room too");
}

#[test]
fn a_room_leaves_when_nothing_is_open_in_it_and_another_stays() {
    let off = |plan: FloorPlan, n, name: &str| plan.with_room(room(n, name, false));
    let busy = FloorProblem::RoomBusy { room: "Salón".into(), table: "1".into(), number: 7 };
    assert_eq!(off(plan(), 1, "Salón").err(), Some(busy));
    let one = off(plan(), 2, "Terraza").unwrap();
    let alone = FloorPlan { open: Vec::new(), ..one };
    assert_eq!(off(alone.clone(), 1, "Salón").err(), Some(FloorProblem::LastRoom { room: "Salón".into() }));
    let third = room(3, "Patio", false);
    assert_eq!(
        FloorPlan::default().with_room(third).err(),
        Some(FloorProblem::LastRoom { room: "Patio".into() })
    );
    let named = alone.with_room(room(3, "TERRAZA", true)).err();
    assert_eq!(named, Some(FloorProblem::RoomNameTaken { name: "TERRAZA".into() }));
    let renamed = plan().with_room(room(1, "Comedor", true)).unwrap();
    assert_eq!(renamed.room(room_id(1)).unwrap().name, "Comedor", "an order does not keep a name");
}
