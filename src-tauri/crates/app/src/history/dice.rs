//! Chance that repeats itself: the same seed throws the same, on every machine.

use fastops_domain::time::Time;
use uuid::{Builder, Uuid};

/// A seeded source of chance.
#[derive(Clone, Debug)]
pub(super) struct Dice {
    rng: fastrand::Rng,
}

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self { rng: fastrand::Rng::with_seed(seed) }
    }

    /// A whole number from `least` to `most`, both included.
    pub(super) fn between(&mut self, least: i64, most: i64) -> i64 {
        self.rng.i64(least..=most.max(least))
    }

    /// True in `per_mille` of a thousand throws.
    pub(super) fn chance(&mut self, per_mille: u32) -> bool {
        self.rng.u32(0..1_000) < per_mille
    }

    /// The place of one of `count` things, which are at least one.
    pub(super) fn place(&mut self, count: usize) -> usize {
        self.rng.usize(0..count.max(1))
    }

    /// One of `from`; none when there is none.
    pub(super) fn one<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        if from.is_empty() { None } else { from.get(self.place(from.len())) }
    }

    /// Another order of things.
    pub(super) fn shuffle<T>(&mut self, things: &mut [T]) {
        self.rng.shuffle(things);
    }

    /// An id as it would have been made at `at`.
    pub(super) fn id(&mut self, at: Time) -> Uuid {
        let mut random = [0; 10];
        self.rng.fill(&mut random);
        let ms = u64::try_from(at.0).unwrap_or_default();
        Builder::from_unix_timestamp_millis(ms, &random).into_uuid()
    }
}

/// Things of which some are drawn more often than others.
#[derive(Clone, Debug)]
pub(super) struct Weighted {
    /// The weights added up, each to those before it.
    sums: Vec<i64>,
}

impl Weighted {
    pub(super) fn new(weights: impl IntoIterator<Item = i64>) -> Self {
        let sums = weights.into_iter().scan(0, |sum, weight| {
            *sum += weight.max(0);
            Some(*sum)
        });
        Self { sums: sums.collect() }
    }

    /// The place of the thing that was drawn.
    pub(super) fn draw(&self, dice: &mut Dice) -> usize {
        let all = self.sums.last().copied().unwrap_or_default();
        let thrown = dice.between(0, all - 1);
        self.sums.partition_point(|sum| *sum <= thrown).min(self.sums.len().saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_throws_the_same_and_another_does_not() {
        let thrown = |seed| {
            let mut dice = Dice::new(seed);
            (0..8).map(|_| dice.id(Time(1_700_000_000_000))).collect::<Vec<_>>()
        };
        assert_eq!(thrown(7), thrown(7));
        assert_ne!(thrown(7), thrown(8));
        assert!(thrown(7).iter().all(|id| id.get_version_num() == 7));
    }

    #[test]
    fn what_weighs_nothing_is_never_drawn_and_the_rest_by_weight() {
        let (weighted, mut dice) = (Weighted::new([0, 30, 0, 10]), Dice::new(1));
        let mut drawn = [0; 4];
        for _ in 0..4_000 {
            drawn[weighted.draw(&mut dice)] += 1;
        }
        assert_eq!((drawn[0], drawn[2]), (0, 0));
        assert!((2_800..3_200).contains(&drawn[1]), "{drawn:?}");
    }
}
