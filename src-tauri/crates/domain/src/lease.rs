//! How long a core may have a print job in its hands without a sign of life.

/// The terms on which a core holds jobs that are with a printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeasePolicy {
    /// How long a job stays a core's own after its last sign of life, in milliseconds of the database's clock.
    pub for_ms: i64,
    /// Time between two signs of life, in milliseconds.
    pub beat_ms: u64,
}

impl Default for LeasePolicy {
    fn default() -> Self {
        Self { for_ms: 12_000, beat_ms: crate::signs::CORE_BEAT_MS }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_signs_of_life_may_get_lost() {
        let LeasePolicy { for_ms, beat_ms } = LeasePolicy::default();
        assert!(u64::try_from(for_ms).unwrap() > 3 * beat_ms);
    }
}
