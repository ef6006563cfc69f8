//! Every way to alter a chain is found, and named for what it is.

use super::*;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::json;

fn branch() -> BranchId {
    BranchId(Uuid::from_u128(7))
}

fn act(n: u128) -> Act {
    Act {
        id: Uuid::from_u128(n),
        branch: branch(),
        at: Time(1_767_225_600_000),
        user: Some(UserId(Uuid::from_u128(1))),
        terminal: None,
        action: "void_line".into(),
        subject_kind: "order_line".into(),
        subject: Uuid::from_u128(n + 1_000),
        detail: json!({ "reason": "se cayó", "amount_minor": 3_200_000, "lines": [1, null, true] }),
    }
}

fn chain(acts: impl IntoIterator<Item = Act>) -> (Vec<Chained>, Head) {
    let mut head = Head::genesis(branch());
    let chain = acts
        .into_iter()
        .map(|act| {
            let next = head.append(act);
            head = next.head();
            next
        })
        .collect();
    (chain, head)
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let one = (any::<u64>(), any::<i64>(), ".{0,12}", ".{0,12}", any::<bool>()).prop_map(
        |(n, at, action, reason, signed_in)| Act {
            at: Time(at),
            action,
            user: signed_in.then_some(UserId(Uuid::from_u128(3))),
            detail: json!({ "reason": reason }),
            ..act(u128::from(n))
        },
    );
    proptest::collection::vec(one, 2..20)
}

/// Changes one thing about an act, which thing depends on `what`.
fn edit(row: &mut Chained, what: u8) {
    let act = &mut row.act;
    match what % 12 {
        0 => act.id = Uuid::from_u128(act.id.as_u128() ^ 1),
        1 => act.branch = BranchId(Uuid::from_u128(8)),
        2 => act.at = Time(act.at.0 ^ 1),
        3 => act.user = if act.user.is_some() { None } else { Some(UserId(Uuid::nil())) },
        4 => act.terminal = Some(TerminalId(Uuid::nil())),
        5 => act.action.push(' '),
        6 => act.subject_kind = act.subject_kind.to_uppercase(),
        7 => act.subject = Uuid::from_u128(act.subject.as_u128() ^ 1),
        8 => act.detail["reason"] = json!(null),
        9 => act.detail["more"] = json!(0),
        10 => row.hash.0[31] ^= 1,
        _ => row.previous.0[0] ^= 0x80,
    }
}

#[test]
fn an_untouched_chain_leads_to_its_head() {
    let (rows, head) = chain((1..=5).map(act));
    assert_eq!(verify(branch(), &rows, Some(head)), Ok(head));
    assert_eq!(verify(branch(), &[], None), Ok(Head::genesis(branch())));
}

#[test]
fn each_fault_is_named_for_what_it_is() {
    let (rows, head) = chain((1..=5).map(act));
    let verdict = |rows: &[Chained]| verify(branch(), rows, Some(head));

    let mut edited = rows.clone();
    edited[2].act.detail["amount_minor"] = json!(1);
    assert_eq!(verdict(&edited), Err(Fault::Edited { seq: 3 }));

    let mut deleted = rows.clone();
    deleted.remove(1);
    assert_eq!(verdict(&deleted), Err(Fault::Deleted { seq: 2 }));

    let mut closed_up = deleted;
    closed_up.iter_mut().zip(1..).for_each(|(row, seq)| row.seq = seq);
    assert_eq!(verdict(&closed_up), Err(Fault::Reordered { seq: 2 }), "renumbering hides nothing");

    let mut swapped = rows.clone();
    swapped.swap(1, 3);
    swapped.iter_mut().zip(1..).for_each(|(row, seq)| row.seq = seq);
    assert_eq!(verdict(&swapped), Err(Fault::Reordered { seq: 2 }));

    assert_eq!(verdict(&rows[..3]), Err(Fault::TailCut { last: 3, expected: 5 }));
    assert_eq!(verdict(&[]), Err(Fault::TailCut { last: 0, expected: 5 }));

    let forged = Head { hash: Hash([9; 32]), ..head };
    assert_eq!(verify(branch(), &rows, Some(forged)), Err(Fault::ForeignHead { seq: 5 }));
    let pulled_back = rows[2].head();
    assert_eq!(verify(branch(), &rows, Some(pulled_back)), Err(Fault::ForeignHead { seq: 3 }));
    assert_eq!(verify(branch(), &rows, None), Err(Fault::ForeignHead { seq: 0 }));
}

#[test]
fn a_head_on_paper_catches_one_who_rewrites_everything() {
    let (_, printed) = chain((1..=4).map(act));
    let (rewritten, head) = chain((1..=6).map(|n| Act { detail: json!({ "amount_minor": 0 }), ..act(n) }));
    assert_eq!(verify(branch(), &rewritten, Some(head)), Ok(head), "the store alone cannot know");
    let walk = |rows: &[Chained], head| {
        let mut verifier = Verifier::new(branch()).passing_through(printed);
        rows.iter().try_for_each(|row| verifier.take(row))?;
        verifier.finish(head)
    };
    assert_eq!(walk(&rewritten, Some(head)), Err(Fault::ForeignHead { seq: 4 }));
    assert_eq!(walk(&[], None), Err(Fault::TailCut { last: 0, expected: 4 }), "nor is an emptied log clean");
    let (honest, head) = chain((1..=6).map(act));
    assert_eq!(walk(&honest, Some(head)), Ok(head));
}

#[test]
fn another_branch_has_another_chain() {
    let (rows, head) = chain((1..=2).map(act));
    let other = BranchId(Uuid::from_u128(8));
    assert_eq!(verify(other, &rows, Some(head)), Err(Fault::Reordered { seq: 1 }));
}

#[test]
fn no_two_acts_have_the_same_bytes() {
    let base = act(1);
    let twins = [
        (
            Act { action: "a".into(), subject_kind: "bc".into(), ..base.clone() },
            Act { action: "ab".into(), subject_kind: "c".into(), ..base.clone() },
        ),
        (
            Act { user: None, terminal: Some(TerminalId(Uuid::from_u128(1))), ..base.clone() },
            Act { user: Some(UserId(Uuid::from_u128(1))), terminal: None, ..base.clone() },
        ),
        (Act { detail: json!("1"), ..base.clone() }, Act { detail: json!(1), ..base.clone() }),
        (Act { detail: json!(["ab"]), ..base.clone() }, Act { detail: json!(["a", "b"]), ..base.clone() }),
        (Act { detail: json!([[1], 2]), ..base.clone() }, Act { detail: json!([[1, 2]]), ..base.clone() }),
        (Act { detail: json!({ "a": null }), ..base.clone() }, Act { detail: json!({}), ..base.clone() }),
        (Act { detail: json!(0.5), ..base.clone() }, Act { detail: json!(0.25), ..base }),
    ];
    for (one, other) in twins {
        assert_ne!(canonical(&one), canonical(&other), "{one:?} {other:?}");
    }
}

#[test]
fn how_a_number_or_an_object_is_written_does_not_matter() {
    let written = |detail: &str| canonical(&Act { detail: serde_json::from_str(detail).unwrap(), ..act(1) });
    assert_eq!(written("{\"a\": 1, \"b\": 100}"), written("{ \"b\":1e2,\"a\":1.0 }"));
    assert_eq!(written("15000000000000000000"), written("1.5e19"));
    assert_ne!(written("0.1"), written("0"));
}

#[test]
fn the_encoding_is_what_it_was_when_the_first_chain_was_written() {
    let (rows, _) = chain([act(1)]);
    let known = "8b13fa04f715d8cf436eb27722107efbb0b1ec6e5c70a65954c2955fc4090e3c";
    assert_eq!(rows[0].hash.to_string(), known, "a store in service must stay verifiable");
}

proptest! {
    #[test]
    fn any_edit_is_found(acts in acts(), at in any::<Index>(), what in any::<u8>()) {
        let (mut rows, head) = chain(acts);
        let at = at.index(rows.len());
        edit(&mut rows[at], what);
        let seq = i64::try_from(at).unwrap() + 1;
        prop_assert_eq!(verify(branch(), &rows, Some(head)), Err(Fault::Edited { seq }));
    }

    #[test]
    fn any_deletion_is_found(acts in acts(), at in any::<Index>(), renumber in any::<bool>()) {
        let (mut rows, head) = chain(acts);
        rows.remove(at.index(rows.len()));
        if renumber {
            rows.iter_mut().zip(1..).for_each(|(row, seq)| row.seq = seq);
        }
        prop_assert!(verify(branch(), &rows, Some(head)).is_err());
    }

    #[test]
    fn any_swap_is_found(acts in acts(), one in any::<Index>(), other in any::<Index>(), renumber in any::<bool>()) {
        let (mut rows, head) = chain(acts);
        let (one, other) = (one.index(rows.len()), other.index(rows.len()));
        prop_assume!(one != other);
        rows.swap(one, other);
        if renumber {
            rows.iter_mut().zip(1..).for_each(|(row, seq)| row.seq = seq);
        }
        prop_assert!(verify(branch(), &rows, Some(head)).is_err());
    }

    #[test]
    fn any_cut_of_the_tail_is_found(acts in acts(), keep in any::<Index>()) {
        let (rows, head) = chain(acts);
        let kept = keep.index(rows.len());
        let last = i64::try_from(kept).unwrap();
        prop_assert_eq!(
            verify(branch(), &rows[..kept], Some(head)),
            Err(Fault::TailCut { last, expected: head.seq })
        );
    }
}
