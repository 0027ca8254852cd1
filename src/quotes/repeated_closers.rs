//! Paragraphs of a speech that repeat its closing mark at their heads, as older Spanish and French print has
//! it, where what is open cannot be followed: a turn of a conversation has no mark of its own, and a paragraph
//! that begins with what somebody else said repeats none.

use super::across::Blocks;
use super::{BlockReading, Fault, FaultKind, Glyph, Mark, Role, Style};

/// So many paragraphs that repeat the closing mark make it a habit of the document.
const HABIT: usize = 2;

/// How far before a paragraph another one stands that has the same mark, or is a turn of the conversation.
const NEAR: usize = 2;

/// Takes back that `»` at the head of such a paragraph was told to point the wrong way, or to open what is not
/// closed. `text` gives that of a block.
pub(super) fn settle<'t>(blocks: &mut Blocks<'_>, style: &Style, text: &dyn Fn(usize) -> &'t str) {
    let closer = Glyph::RightGuillemet;
    if !style.is_closing(closer) || style.opens(closer) == 0 {
        return;
    }
    let is_at_head = |fault: &Fault| fault.span.start == 0;
    let repeats = |index: usize| {
        let BlockReading { marks, faults, .. } = &*blocks.all[index];
        let leads = |mark: &&Mark| mark.span().start == 0 && mark.glyph == closer;
        marks.first().filter(leads).is_some_and(|mark| mark.role != Role::Closes)
            && !faults.iter().any(is_at_head)
    };
    let count = blocks.all.len();
    if (0..count).filter(|&index| repeats(index)).take(HABIT).count() < HABIT {
        return;
    }
    let is_of_speech =
        |index: usize| repeats(index) || text(index).starts_with(['—', '–', '―', '-']);
    let of_speech: Vec<bool> = (0..count).map(is_of_speech).collect();
    for index in 1..count {
        let near = &of_speech[index.saturating_sub(NEAR)..index];
        if !near.contains(&true) {
            continue;
        }
        let is_settled = |kind| matches!(kind, FaultKind::Direction | FaultKind::Unclosed);
        let at_head = blocks.all[index]
            .faults
            .iter()
            .position(|fault| is_at_head(fault) && fault.glyph == closer && is_settled(fault.kind));
        if let Some(fault) = at_head {
            blocks.change(index).faults.remove(fault);
        }
    }
}
