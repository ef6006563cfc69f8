//! What the process holds in memory, where the system says so without further privileges.

/// Memory in use now, in MiB; `None` where the system does not tell.
pub(crate) fn resident_mib() -> Option<f64> {
    status().and_then(|text| field_mib(&text, "VmRSS:"))
}

/// The most that was ever in use, in MiB; `None` where the system does not tell.
pub(crate) fn peak_mib() -> Option<f64> {
    status().and_then(|text| field_mib(&text, "VmHWM:"))
}

fn status() -> Option<String> {
    std::fs::read_to_string("/proc/self/status").ok()
}

/// A line such as `VmRSS:     12345 kB`.
fn field_mib(status: &str, field: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix(field))?;
    let kib: u32 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(f64::from(kib) / 1024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_status_are_read() {
        let status = "Name:\tfastops\nVmHWM:\t   65536 kB\nVmRSS:\t   32768 kB\n";
        assert_eq!(field_mib(status, "VmRSS:"), Some(32.0));
        assert_eq!(field_mib(status, "VmHWM:"), Some(64.0));
        assert_eq!(field_mib(status, "VmSwap:"), None);
        assert_eq!(field_mib("VmRSS: many kB", "VmRSS:"), None);
    }
}
