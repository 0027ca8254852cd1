//! What the parse can make of a mark.

/// A role, with what the replay needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Open,
    /// Opens a quotation that is never closed.
    OpenUnclosed,
    /// Closes the level so many above the top; those between are never closed.
    Close(u8),
    CloseUnopened,
    Apostrophe,
    Prime,
    Ditto,
    Stray,
    Doubled,
    /// Repeats the opening mark at the head of a line: each line of a quoted letter does.
    Reopen,
}
