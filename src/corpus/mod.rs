//! All documents' facts, what they share, and who mentions whom.

mod analysis;
mod index;
mod settings;

pub use analysis::{Analysis, analyse};
pub use index::{CorpusIndex, CorpusView, DocumentFacts};
pub use settings::Settings;
