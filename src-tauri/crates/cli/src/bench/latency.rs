//! Percentiles of measured times, by the nearest rank: always a time that was really measured.

use tokio::time::Duration;

/// Measured times, sorted.
#[derive(Debug)]
pub(super) struct Latencies {
    sorted_ms: Vec<f64>,
}

impl Latencies {
    pub(super) fn new(times: impl IntoIterator<Item = Duration>) -> Self {
        let mut sorted_ms: Vec<f64> = times.into_iter().map(|time| time.as_secs_f64() * 1000.0).collect();
        sorted_ms.sort_by(f64::total_cmp);
        Self { sorted_ms }
    }

    /// The time, in milliseconds, within which `percent` of a hundred were; 0 when nothing was measured.
    pub(super) fn percentile(&self, percent: usize) -> f64 {
        let rank = (self.sorted_ms.len() * percent).div_ceil(100).max(1);
        self.sorted_ms.get(rank - 1).copied().unwrap_or(0.0)
    }

    pub(super) fn max(&self) -> f64 {
        self.sorted_ms.last().copied().unwrap_or(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(values: impl IntoIterator<Item = u64>) -> Latencies {
        Latencies::new(values.into_iter().map(Duration::from_millis))
    }

    fn close(measured: f64, expected: f64) -> bool {
        (measured - expected).abs() < 1e-9
    }

    #[test]
    fn percentiles_are_measured_times() {
        let hundred = ms((1..=100).rev());
        for (percent, expected) in [(50, 50.0), (95, 95.0), (99, 99.0), (100, 100.0)] {
            assert!(close(hundred.percentile(percent), expected), "{percent}");
        }
        assert!(close(hundred.max(), 100.0));
        let three = ms([7, 3, 5]);
        assert!(close(three.percentile(50), 5.0));
        assert!(close(three.percentile(99), 7.0));
    }

    #[test]
    fn nothing_measured_is_zero_and_no_panic() {
        assert!(close(ms([]).percentile(50), 0.0));
        assert!(close(ms([]).max(), 0.0));
    }
}
