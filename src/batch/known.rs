//! Which findings are shown, beside what the configuration says.

use super::baseline::Baseline;
use super::since::Changes;

/// What a run is told to leave out.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Findings that are known and not shown again.
    pub(super) baseline: Option<Baseline>,
    /// The lines that matter; `None`: all.
    pub(super) changes: Option<Changes>,
}
