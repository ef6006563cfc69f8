//! The status bytes, bit by bit as the command manuals list them.

use super::condition::Condition;

/// The answer to `DLE EOT n`. Bits 1 and 4 are always set, which tells it from other answers.
pub(super) fn real_time(n: u8, condition: Condition) -> u8 {
    const FIXED: u8 = 0b0001_0010;
    let bits = match n {
        1 => bit(condition.is_offline(), 3),
        2 => {
            bit(condition == Condition::CoverOpen, 2)
                | bit(condition == Condition::PaperOut, 5)
                | bit(is_error(condition), 6)
        }
        3 => bit(condition == Condition::CutterJam, 3) | bit(condition == Condition::Overheated, 6),
        _ => paper_near_end(condition) << 2 | paper_out(condition) << 5,
    };
    FIXED | bits
}

/// The four bytes of the automatic status; the first has bit 4 set and bits 0, 1 and 7 clear.
pub(super) fn automatic(condition: Condition) -> [u8; 4] {
    [
        0b0001_0000 | bit(condition.is_offline(), 3) | bit(condition == Condition::CoverOpen, 5),
        bit(condition == Condition::CutterJam, 3) | bit(condition == Condition::Overheated, 6),
        paper_near_end(condition) | paper_out(condition) << 2,
        0b0000_1111,
    ]
}

/// Which groups of `GS a n` differ between two conditions, as a mask to hold against `n`.
pub(super) fn changed_groups(before: Condition, after: Condition) -> u8 {
    let (old, new) = (automatic(before), automatic(after));
    bit(old[0] != new[0], 1) | bit(old[1] != new[1], 2) | bit(old[2] != new[2], 3)
}

/// The answer to `GS r n`: 1 is the paper sensors, 2 the drawer (closed).
pub(super) fn transmitted(n: u8, condition: Condition) -> u8 {
    if n == 1 { paper_near_end(condition) | paper_out(condition) << 2 } else { 0 }
}

fn is_error(condition: Condition) -> bool {
    matches!(condition, Condition::CutterJam | Condition::Overheated)
}

/// Both near-end bits; a roll that is out is past its near end.
fn paper_near_end(condition: Condition) -> u8 {
    if matches!(condition, Condition::PaperNearEnd | Condition::PaperOut | Condition::PaperRunsOut { .. }) {
        3
    } else {
        0
    }
}

fn paper_out(condition: Condition) -> u8 {
    if condition == Condition::PaperOut { 3 } else { 0 }
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
            let answers: Vec<u8> = (1..=4).map(|n| real_time(n, condition)).collect();
            assert_eq!(answers, expected, "{condition:?}");
        }
    }

    #[test]
    fn automatic_status_is_told_apart_by_its_first_byte() {
        for condition in [Condition::Ready, Condition::PaperOut, Condition::CoverOpen, Condition::CutterJam] {
            assert_eq!(automatic(condition)[0] & 0x93, 0x10, "{condition:?}");
        }
        assert_eq!(changed_groups(Condition::Ready, Condition::PaperNearEnd), 0b1000);
        assert_eq!(changed_groups(Condition::Ready, Condition::CoverOpen), 0b0010);
    }
}
