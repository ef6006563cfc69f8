//! Whether the database answers, for whoever has to say so on a screen.

/// Whether the database answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Health {
    /// It answers, or nothing has been heard to the contrary.
    #[default]
    Ok,
    /// The server cannot be reached: units are refused with [`crate::StoreError::Away`] until it can be.
    Away,
}
