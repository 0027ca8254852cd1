//! All documents' facts, what they share, and who mentions whom.

mod analysis;
mod citations;
mod incoming;
mod index;
mod joined;
mod links;
mod names;
mod pages;
mod pieces;
mod settings;
mod stored;
mod tagged;
mod whereabouts;

pub use analysis::{Analysis, analyse, analyse_after, analyse_once};
pub use citations::Cited;
pub use incoming::LinkInto;
pub use index::{CorpusIndex, CorpusView, DocumentFacts};
pub use links::{
    AnchorFact, Destination, FOLDER_PAGE_NAMES, FolderNames, LinkFact, NoteFact, Surroundings,
    is_folder_page, normal,
};
pub use names::{
    BlockFacts, MOST_OF_RARE, MentionFact, Names, PlaceIn, Terms, Unremarkable, WholeName, WordId,
};
pub use pages::Pages;
pub use pieces::Rewritten;
pub use settings::Settings;
pub use stored::StoredFacts;
pub use tagged::TaggedName;
pub use whereabouts::{NameIn, Whereabouts};
