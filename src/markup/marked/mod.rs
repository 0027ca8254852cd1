//! What HTML and TEI share: elements, text and entities on their way to blocks of prose.
//!
//! A format tells the [`Assembler`] what each element *does* (an [`Effect`]); the
//! assembler keeps track of open elements and blocks, collapses white space as a reader
//! sees it and keeps the map to the source. It never fails: an end tag without a start is
//! passed over, an element without an end is closed by its parent or by the end.

mod assembler;
mod base;
mod change;
mod characters;
mod course;
mod declared;
mod entity;
mod escaped;
mod label;
mod limits;
mod open_block;
mod raw;
mod rest;
mod small_capitals;

pub(super) use assembler::{Assembler, Effect, Element};
pub(super) use base::{Bases, join};
pub(super) use change::{Change, Shift};
pub(super) use course::{Course, Kept, problems_at_end};
pub(super) use declared::{Entities, MOST_WRITTEN_OUT};
pub(super) use entity::{decode as reference_at, decode_attribute, decode_reference};
pub(super) use escaped::written_length;
pub(super) use label::{is_bare, is_label};
pub(super) use limits::{long_lines, of_link, of_tag};
pub(super) use small_capitals::names_small_capitals;
