//! All documents' facts, what they share, and who mentions whom.

mod analysis;
mod index;
mod names;
mod settings;

pub use analysis::{Analysis, analyse};
pub use index::{CorpusIndex, CorpusView, DocumentFacts};
pub use names::{FREQUENT, MentionFact, Names, PlaceIn, WordId};
pub use settings::Settings;
