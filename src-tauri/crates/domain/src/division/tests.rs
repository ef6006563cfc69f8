//! The parts of a bill are the bill, by examples and by properties (P10, P11).

use super::*;
use crate::ids::ProductId;
use crate::order::posting;
use crate::tax::{Tax, TaxMode};
use proptest::collection::vec;
use proptest::prelude::*;
use uuid::Uuid;

/// A peso, of which centavos are the minor unit.
const PESO: Money = Money(100);

fn line(id: u128, price: i64) -> OrderLine {
    OrderLine {
        id: LineId(Uuid::from_u128(id)),
        product: ProductId(Uuid::nil()),
        variant: None,
        name: "Churrasco".into(),
        quantity: 1,
        price: Money(price),
        modifiers: Vec::new(),
        taxes: vec![Tax { name: "Impoconsumo".into(), rate_bp: 800, mode: TaxMode::Included }],
        note: None,
        allergy: None,
        course: 1,
        seat: None,
        held: false,
        fired_at: None,
        station: None,
        revision: 1,
        voided: false,
        combo: None,
        listed: None,
    }
}

fn equal(parts: u8) -> Division {
    Division::new(parts, Vec::new(), BTreeMap::new()).unwrap()
}

fn totals(parts: &[Part]) -> Vec<i64> {
    parts.iter().map(|part| part.posting.sum.total.0).collect()
}

#[test]
fn equal_parts_are_in_amounts_that_people_write() {
    let parts = equal(3).divide(&[line(1, 1_000_000)], PESO).unwrap();
    assert_eq!(totals(&parts), [333_400, 333_300, 333_300]);
    // The peso that is over goes round: nobody pays it for every line.
    let parts = equal(3).divide(&[line(1, 1_000_000), line(2, 1_000_000)], PESO).unwrap();
    assert_eq!(totals(&parts), [666_700, 666_700, 666_600]);
    let parts = equal(3).divide(&[line(1, 1_000_000), line(2, 1_000_000), line(3, 1_000_000)], PESO).unwrap();
    assert_eq!(totals(&parts), [1_000_000; 3]);
}

#[test]
fn a_line_is_shared_by_whom_somebody_named_and_the_rest_by_all() {
    let (steak, water) = (line(1, 6_000_000), line(2, 900_000));
    let shares = BTreeMap::from([(steak.id, vec![1, 2, 0])]);
    let division = Division::new(3, Vec::new(), shares).unwrap();
    let parts = division.divide(&[steak.clone(), water.clone()], PESO).unwrap();
    assert_eq!(totals(&parts), [2_300_000, 4_300_000, 300_000]);
    let fractions: Vec<Vec<_>> = parts
        .iter()
        .map(|part| part.shares.iter().map(|share| (share.line, share.fraction)).collect())
        .collect();
    assert_eq!(fractions[0], [(steak.id, (1, 3)), (water.id, (1, 3))]);
    assert_eq!(fractions[1], [(steak.id, (2, 3)), (water.id, (1, 3))]);
    assert_eq!(fractions[2], [(water.id, (1, 3))]);
    let whole = Division::new(2, Vec::new(), BTreeMap::from([(steak.id, vec![0, 4])])).unwrap();
    assert_eq!(whole.divide(&[steak], PESO).unwrap()[1].shares[0].fraction, (1, 1));
}

#[test]
fn what_is_of_a_seat_is_of_its_part() {
    let at = |id, seat| OrderLine { seat, ..line(id, 1_000_000) };
    let lines = [at(1, Some(4)), at(2, Some(1)), at(3, None), at(4, Some(9))];
    let division = Division::new(2, vec![1, 4], BTreeMap::new()).unwrap();
    let weights: Vec<_> = lines.iter().map(|line| division.weights(line)).collect();
    // Nobody sits on the ninth chair as far as the bill goes: all pay for it, as for what is for all.
    assert_eq!(weights, [[0, 1], [1, 0], [1, 1], [1, 1]]);
    let named = BTreeMap::from([(lines[0].id, vec![1, 1])]);
    let division = Division::new(2, vec![1, 4], named).unwrap();
    assert_eq!((division.weights(&lines[0]), division.names(lines[0].id)), (vec![1, 1], true));
}

#[test]
fn a_bill_that_cannot_be_divided_so_is_refused() {
    let refused = |parts, seats: &[u16], weights: Option<Vec<u32>>| {
        let shares = weights.map(|weights| (LineId(Uuid::nil()), weights)).into_iter().collect();
        Division::new(parts, seats.to_vec(), shares).unwrap_err()
    };
    for parts in [0, 1, 31] {
        assert_eq!(refused(parts, &[], None), DivisionError::Parts);
    }
    for seats in [&[1][..], &[1, 1], &[0, 1], &[1, 1_000]] {
        assert_eq!(refused(2, seats, None), DivisionError::Seats);
    }
    for weights in [vec![1], vec![1, 100], vec![1, 1, 1]] {
        assert_eq!(refused(2, &[], Some(weights)), DivisionError::Weights);
    }
    assert_eq!(refused(2, &[], Some(vec![0, 0])), DivisionError::ForNobody { line: LineId(Uuid::nil()) });
}

fn any_line() -> impl Strategy<Value = OrderLine> {
    let tax = (0_usize..4).prop_map(|n| Tax {
        name: format!("Impuesto {n}"),
        rate_bp: [800, 1_900, 55, 0][n],
        mode: [TaxMode::Included, TaxMode::Added, TaxMode::Included, TaxMode::Exempt][n],
    });
    let seat = proptest::option::of(1_u16..6);
    let one = (-50_000_000_i64..50_000_000, 1_i64..20, vec(tax, 0..3), seat, any::<bool>());
    one.prop_map(|(price, quantity, taxes, seat, voided)| OrderLine {
        quantity,
        taxes,
        seat,
        voided,
        ..line(0, price)
    })
}

fn numbered(mut lines: Vec<OrderLine>) -> Vec<OrderLine> {
    for (line, id) in lines.iter_mut().zip(1..) {
        line.id = LineId(Uuid::from_u128(id));
    }
    lines
}

/// Lines, and a division that names some of them.
fn divided() -> impl Strategy<Value = (Vec<OrderLine>, Division)> {
    let shape = (2_u8..=MAX_PARTS, any::<bool>(), vec(any_line(), 0..30).prop_map(numbered));
    shape.prop_flat_map(|(parts, by_seat, lines)| {
        let weights = vec(prop_oneof![Just(0), Just(1), 0..=MAX_WEIGHT], usize::from(parts));
        let named = vec(proptest::option::of(weights), lines.len());
        named.prop_map(move |named| {
            let seats = if by_seat { (1..=u16::from(parts)).collect() } else { Vec::new() };
            let shares = lines.iter().zip(named).filter_map(|(line, weights)| {
                weights
                    .filter(|weights| weights.iter().any(|weight| *weight > 0))
                    .map(|weights| (line.id, weights))
            });
            (lines.clone(), Division::new(parts, seats, shares.collect()).unwrap())
        })
    })
}

fn unit() -> impl Strategy<Value = Money> {
    prop_oneof![Just(Money(1)), Just(PESO), Just(Money(1_000))]
}

/// P10: the parts are the bill, its net, each of its taxes and each of its lines.
fn parts_are_the_bill(parts: &[Part], lines: &[OrderLine]) -> Result<(), TestCaseError> {
    let whole = posting(lines).unwrap();
    let sums = parts.iter().try_fold(Taxed::default(), |sum, part| sum.plus(part.posting.sum)).unwrap();
    prop_assert_eq!(sums, whole.sum);
    for tax in &whole.taxes {
        let of = |part: &Part| part.posting.taxes.iter().find(|own| own.tax == tax.tax).cloned();
        let own: Vec<_> = parts.iter().filter_map(of).collect();
        prop_assert_eq!(own.iter().map(|own| own.amount.0).sum::<i64>(), tax.amount.0);
        prop_assert_eq!(own.iter().map(|own| own.base.0).sum::<i64>(), tax.base.0);
    }
    for part in parts {
        let Taxed { net, tax, total } = part.posting.sum;
        prop_assert_eq!(net.plus(tax).unwrap(), total);
        prop_assert_eq!(part.shares.iter().map(|share| share.amount.0).sum::<i64>(), total.0);
    }
    for line in lines {
        let shares = parts.iter().flat_map(|part| &part.shares).filter(|share| share.line == line.id);
        let sum: i64 = shares.map(|share| share.amount.0).sum();
        prop_assert_eq!(sum, if line.voided { 0 } else { line.amount().unwrap().total.0 });
    }
    Ok(())
}

/// What happens at a table with two terminals.
#[derive(Clone, Debug)]
enum Act {
    Divide(bool, u8, Vec<u32>),
    Join(bool),
    Add(bool, Box<OrderLine>),
    Void(usize),
    Move(usize),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        (any::<bool>(), 2_u8..6, vec(0_u32..4, 6))
            .prop_map(|(second, parts, weights)| Act::Divide(second, parts, weights)),
        any::<bool>().prop_map(Act::Join),
        (any::<bool>(), any_line()).prop_map(|(second, line)| Act::Add(second, Box::new(line))),
        any::<usize>().prop_map(Act::Void),
        any::<usize>().prop_map(Act::Move),
    ];
    vec(act, 1..40)
}

proptest! {
    #[test]
    fn the_parts_are_the_bill((lines, division) in divided(), unit in unit()) {
        parts_are_the_bill(&division.divide(&lines, unit).unwrap(), &lines)?;
    }

    /// Whoever shares all alike pays the same, to one unit; whole units where the bill is of whole units.
    #[test]
    fn equal_parts_differ_by_one_unit(parts in 2_u8..=MAX_PARTS, lines in vec(any_line(), 0..40), unit in unit(), whole in any::<bool>()) {
        let lines: Vec<_> = lines
            .into_iter()
            .map(|line| if whole { OrderLine { price: Money(line.price.0 * unit.0), taxes: Vec::new(), ..line } } else { line })
            .collect();
        let totals = totals(&equal(parts).divide(&numbered(lines), unit).unwrap());
        let (least, most) = (totals.iter().min().unwrap(), totals.iter().max().unwrap());
        prop_assert!(most - least <= unit.0, "{totals:?}");
        if whole {
            prop_assert!(totals.iter().all(|total| total % unit.0 == 0), "{totals:?}");
        }
    }

    /// Each pays what is exactly theirs, but for a few units however many lines there are.
    #[test]
    fn no_part_strays_from_what_is_its_own((lines, division) in divided(), unit in unit()) {
        let parts = division.divide(&lines, unit).unwrap();
        for (n, part) in parts.iter().enumerate() {
            // In millionths, to be far finer than what is asked.
            let exact: i128 = live(&lines)
                .map(|line| {
                    let (weights, amount) = (division.weights(line), line.amount().unwrap().total.0);
                    i128::from(amount) * 1_000_000 * i128::from(weights[n]) / i128::from(weights.iter().sum::<u32>())
                })
                .sum();
            let off = (i128::from(part.posting.sum.total.0) * 1_000_000 - exact).abs();
            prop_assert!(off < i128::from(unit.0) * 1_000_000 * parts.len() as i128, "{n}: {off}");
        }
    }

    /// What was charged and the same given back leave nothing in any part.
    #[test]
    fn a_credit_undoes_a_charge(amount in 0_i64..1_000_000_000, weights in vec(0_u32..9, 1..12), unit in unit()) {
        prop_assume!(weights.iter().any(|weight| *weight > 0));
        let of = |amount| Allotting::among(weights.len(), unit).give(Money(amount), &weights);
        for (charge, credit) in of(amount).into_iter().zip(of(-amount)) {
            prop_assert_eq!(charge.0, -credit.0);
        }
    }

    /// P10, P11: whatever two terminals do to two orders, and in whichever order, every line stays in one of them, and
    /// the parts of each are what is in it.
    #[test]
    fn divisions_lose_nothing_between_adds_voids_and_moves(acts in acts()) {
        let mut lines: Vec<(bool, OrderLine)> = Vec::new();
        let mut divisions: [Option<Division>; 2] = [None, None];
        let mut added = 0;
        for act in acts {
            match act {
                Act::Divide(second, parts, weights) => {
                    let here = lines.iter().filter(|(at, _)| *at == second).map(|(_, line)| line.id);
                    let weights = &weights[..usize::from(parts)];
                    let said = weights.iter().any(|weight| *weight > 0);
                    let shares = here.step_by(2).filter(|_| said).map(|line| (line, weights.to_vec()));
                    divisions[usize::from(second)] = Some(Division::new(parts, Vec::new(), shares.collect()).unwrap());
                }
                Act::Join(second) => divisions[usize::from(second)] = None,
                Act::Add(second, line) => {
                    added += 1;
                    lines.push((second, OrderLine { id: LineId(Uuid::from_u128(added)), ..*line }));
                }
                Act::Void(at) => {
                    let at = at % lines.len().max(1);
                    if let Some((_, line)) = lines.get_mut(at) { line.voided = true; }
                }
                Act::Move(at) => {
                    let at = at % lines.len().max(1);
                    if let Some((order, line)) = lines.get_mut(at) && !line.voided { *order = !*order; }
                }
            }
            for (order, division) in [false, true].into_iter().zip(&divisions) {
                let here: Vec<_> = lines.iter().filter(|(at, _)| *at == order).map(|(_, line)| line.clone()).collect();
                if let Some(division) = division {
                    parts_are_the_bill(&division.divide(&here, PESO).unwrap(), &here)?;
                }
            }
        }
        prop_assert_eq!(lines.len() as u128, added);
    }
}

#[test]
fn what_was_chosen_for_a_combo_is_shared_as_the_combo_is() {
    let combo = line(1, 3_000_000);
    let chosen = OrderLine { combo: Some(combo.id), ..line(2, 600_000) };
    let shares = BTreeMap::from([(combo.id, vec![0, 2, 1])]);
    let division = Division::new(3, Vec::new(), shares).unwrap();
    assert_eq!(division.weights(&chosen), [0, 2, 1]);
    let parts = division.divide(&[combo.clone(), chosen], PESO).unwrap();
    assert_eq!(totals(&parts), [0, 2_400_000, 1_200_000]);
}
