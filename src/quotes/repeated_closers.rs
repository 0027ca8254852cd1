//! Paragraphs of a speech that repeat its closing mark at their heads, as older Spanish and French print has
//! it, where what is open cannot be followed: a turn of a conversation has no mark of its own, and a paragraph
//! that begins with what somebody else said repeats none.

use super::across::Blocks;
use super::{BlockReading, Fault, FaultKind, Glyph, Role, Style, turns};

/// So many paragraphs that repeat the closing mark make it a habit of the document.
const HABIT: usize = 2;

/// The same where they were read otherwise, since what stands inside has the same marks.
const MANY: usize = 4;

/// How far before a paragraph another one stands that has the same mark, or is a turn of the conversation.
const NEAR: usize = 2;

/// Takes back what was told of `»` at the head of such a paragraph, which can close nothing, and of the marks
/// between which the speech stands. `text` gives that of a block.
pub(super) fn settle<'t>(blocks: &mut Blocks<'_>, style: &Style, text: &dyn Fn(usize) -> &'t str) {
    let closer = Glyph::RightGuillemet;
    if !style.is_closing(closer) || style.opens(closer) == 0 {
        return;
    }
    let is_at_head = |fault: &Fault| fault.span.start == 0;
    let leads = |index: usize| {
        let mark = blocks.all[index].marks.first();
        mark.filter(|mark| mark.span().start == 0 && mark.glyph == closer)
    };
    let repeats = |index: usize| {
        let BlockReading { faults, .. } = &*blocks.all[index];
        leads(index).is_some_and(|mark| mark.role != Role::Closes) && !faults.iter().any(is_at_head)
    };
    let count = blocks.all.len();
    let has_habit = |enough: usize, is_it: &dyn Fn(usize) -> bool| {
        (0..count).filter(|&index| is_it(index)).take(enough).count() == enough
    };
    if !has_habit(HABIT, &repeats) && !has_habit(MANY, &|index| leads(index).is_some()) {
        return;
    }
    let is_of_speech = |index: usize| repeats(index) || turns::is_turn(text(index));
    let of_speech: Vec<bool> = (0..count).map(is_of_speech).collect();
    let is_led: Vec<bool> = (0..count).map(|index| leads(index).is_some()).collect();
    for index in 1..count {
        let opens_before =
            blocks.all[index - 1].faults.iter().any(|fault| is_unclosed(fault, closer));
        let near = &of_speech[index.saturating_sub(NEAR)..index];
        let is_beside = is_led[index - 1] || is_led.get(index + 1) == Some(&true);
        if !is_led[index] || !near.contains(&true) && !opens_before && !is_beside {
            continue;
        }
        take_back(blocks, index - 1, |fault| is_unclosed(fault, closer));
        let has_told = take_back(blocks, index, |fault| {
            let kinds = [FaultKind::Direction, FaultKind::Unclosed, FaultKind::Unopened];
            is_at_head(fault) && fault.glyph == closer && kinds.contains(&fault.kind)
        });
        if has_told && blocks.all[index - 1].goes_on == 0 {
            blocks.change(index - 1).goes_on = 1;
        }
        let is_last = index + 1 == count || !is_led[index + 1];
        if has_told && is_last {
            take_back(blocks, index, |fault| {
                fault.kind == FaultKind::Unopened && fault.glyph == closer
            });
        }
    }
}

/// Whether a guillemet opens what its block does not close.
fn is_unclosed(fault: &Fault, closer: Glyph) -> bool {
    fault.kind == FaultKind::Unclosed && fault.glyph.kind() == closer.kind()
}

/// Takes the last fault of this kind out of a block.
fn take_back(blocks: &mut Blocks<'_>, index: usize, is_it: impl Fn(&Fault) -> bool) -> bool {
    let fault = blocks.all[index].faults.iter().rposition(is_it);
    if let Some(fault) = fault {
        blocks.change(index).faults.remove(fault);
    }
    fault.is_some()
}
