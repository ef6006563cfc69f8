//! The status bytes, bit by bit as the command manuals list them.

use super::condition::{Condition, Conditions};

/// The answer to `DLE EOT n`. Bits 1 and 4 are always set, which tells it from other answers.
pub(super) fn real_time(n: u8, conditions: &Conditions) -> u8 {
    const FIXED: u8 = 0b0001_0010;
    let bits = match n {
        1 => bit(conditions.is_offline(), 3),
        2 => {
            bit(conditions.has(Condition::CoverOpen), 2)
                | bit(conditions.has(Condition::PaperOut), 5)
                | bit(is_error(conditions), 6)
        }
        3 => bit(conditions.has(Condition::CutterJam), 3) | bit(conditions.has(Condition::Overheated), 6),
        _ => paper_near_end(conditions) << 2 | paper_out(conditions) << 5,
    };
    FIXED | bits
}

/// The four bytes of the automatic status; the first has bit 4 set and bits 0, 1 and 7 clear.
pub(super) fn automatic(conditions: &Conditions) -> [u8; 4] {
    [
        0b0001_0000 | bit(conditions.is_offline(), 3) | bit(conditions.has(Condition::CoverOpen), 5),
        bit(conditions.has(Condition::CutterJam), 3) | bit(conditions.has(Condition::Overheated), 6),
        paper_near_end(conditions) | paper_out(conditions) << 2,
        0b0000_1111,
    ]
}

/// Which groups of `GS a n` differ between two conditions, as a mask to hold against `n`.
pub(super) fn changed_groups(before: &Conditions, after: &Conditions) -> u8 {
    let (old, new) = (automatic(before), automatic(after));
    bit(old[0] != new[0], 1) | bit(old[1] != new[1], 2) | bit(old[2] != new[2], 3)
}

/// The answer to `GS r n`: 1 is the paper sensors, 2 the drawer (closed).
pub(super) fn transmitted(n: u8, conditions: &Conditions) -> u8 {
    if n == 1 { paper_near_end(conditions) | paper_out(conditions) << 2 } else { 0 }
}

fn is_error(conditions: &Conditions) -> bool {
    conditions.has(Condition::CutterJam) || conditions.has(Condition::Overheated)
}

/// Both near-end bits; a roll that is out is past its near end.
fn paper_near_end(conditions: &Conditions) -> u8 {
    let low = [Condition::PaperNearEnd, Condition::PaperOut, super::ENDING_ROLL];
    if low.iter().any(|condition| conditions.has(*condition)) { 3 } else { 0 }
}

fn paper_out(conditions: &Conditions) -> u8 {
    if conditions.has(Condition::PaperOut) { 3 } else { 0 }
}

fn bit(set: bool, position: u8) -> u8 {
    u8::from(set) << position
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_time_answers_follow_the_manual() {
        let cases = [
            (Condition::Ready, [0x12, 0x12, 0x12, 0x12]),
            (Condition::PaperNearEnd, [0x12, 0x12, 0x12, 0x1E]),
            (Condition::PaperOut, [0x1A, 0x32, 0x12, 0x7E]),
            (Condition::CoverOpen, [0x1A, 0x16, 0x12, 0x12]),
            (Condition::CutterJam, [0x1A, 0x52, 0x1A, 0x12]),
            (Condition::Overheated, [0x1A, 0x52, 0x52, 0x12]),
            (Condition::Offline, [0x1A, 0x12, 0x12, 0x12]),
        ];
        for (condition, expected) in cases {
            let answers: Vec<u8> = (1..=4).map(|n| real_time(n, &Conditions::from(condition))).collect();
            assert_eq!(answers, expected, "{condition:?}");
        }
    }

    #[test]
    fn automatic_status_is_told_apart_by_its_first_byte() {
        for condition in [Condition::Ready, Condition::PaperOut, Condition::CoverOpen, Condition::CutterJam] {
            assert_eq!(automatic(&Conditions::from(condition))[0] & 0x93, 0x10, "{condition:?}");
        }
        let changed = |after| changed_groups(&Conditions::default(), &Conditions::from(after));
        assert_eq!(changed(Condition::PaperNearEnd), 0b1000);
        assert_eq!(changed(Condition::CoverOpen), 0b0010);
    }

    #[test]
    fn what_is_wrong_at_once_is_told_at_once() {
        let both = Conditions::from(Condition::CoverOpen).with(Condition::PaperNearEnd);
        let answers: Vec<u8> = (1..=4).map(|n| real_time(n, &both)).collect();
        assert_eq!(answers, [0x1A, 0x16, 0x12, 0x1E]);
        assert_eq!(automatic(&both), [0x38, 0x00, 0x03, 0x0F]);
        assert_eq!(transmitted(1, &both), 3);
        let jammed = both.with(Condition::CutterJam).with(Condition::Overheated);
        assert_eq!((real_time(2, &jammed), real_time(3, &jammed)), (0x56, 0x5A));
    }
}
