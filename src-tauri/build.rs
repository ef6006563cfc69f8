//! Checks the window configuration and the capabilities while building, and writes what they resolve to.

fn main() {
    tauri_build::build();
}
