//! References: which pointer leads to which anchor.

mod bibliography;
mod crossing;
mod fragment;
mod in_place;
mod link;
mod numbers;
mod renumber;
mod target;

pub use bibliography::{Bibliography, Form, Source};
pub use crossing::Crossing;
pub use fragment::{ids, is_expression, is_top};
pub use in_place::renumber_in_place;
pub use link::{References, link};
pub use numbers::{Numbered, Numbers};
pub use renumber::{Replacement, renumber};
pub use target::{Target, is_whole, target, written_path};
