//! Conversations whose turns begin with a dash.

use super::across::{Blocks, LONGEST_TALE, only_fault};
use super::{BlockReading, FaultKind, Kind, Mark, Role};

/// Takes back what was told of the marks around such a conversation, and of those with which the paragraphs
/// of one turn begin.
pub(super) fn settle<'t>(blocks: &mut Blocks<'_>, text: &dyn Fn(usize) -> &'t str) {
    conversations(blocks, text);
    long_turns(blocks, text);
}

/// Whether a paragraph is a turn of a conversation.
pub(super) fn is_turn(text: &str) -> bool {
    text.trim_start().starts_with(['—', '–', '―', '-'])
}

/// A conversation within one pair of marks, as French print has it: a dash opens every turn
/// after the first, and the last one closes the quotation.
fn conversations<'t>(blocks: &mut Blocks<'_>, text: &dyn Fn(usize) -> &'t str) {
    let is_turn = |index: usize| is_turn(text(index));
    let mut first = 0;
    while first + 1 < blocks.all.len() {
        let open = first;
        first += 1;
        if !is_turn(first) {
            continue;
        }
        let Some(fault) = only_fault(&blocks.all[open], FaultKind::Unclosed) else {
            continue;
        };
        let kind = blocks.all[open].faults[fault].glyph.kind();
        let turns = first..blocks.all.len().min(first + LONGEST_TALE);
        let last = turns.take_while(|&index| is_turn(index)).find(|&index| {
            first = index;
            !blocks.all[index].faults.is_empty()
        });
        let Some((last, close)) =
            last.and_then(|last| Some((last, closes_only(blocks, last, kind)?)))
        else {
            continue;
        };
        blocks.remove_fault(open, fault);
        blocks.remove_fault(last, close);
        for index in open..last {
            blocks.change(index).goes_on += 1;
        }
    }
}

/// The only fault of a block, if it is a close without an opening mark of this kind.
fn closes_only(blocks: &Blocks<'_>, index: usize, kind: Kind) -> Option<usize> {
    let block = &blocks.all[index];
    only_fault(block, FaultKind::Unopened)
        .filter(|&fault| block.faults.len() == 1 && block.faults[fault].glyph.kind() == kind)
}

/// A turn of several paragraphs, of which those behind the first begin with a guillemet: it was opened by the
/// dash, so that the next dash closes it.
fn long_turns<'t>(blocks: &mut Blocks<'_>, text: &dyn Fn(usize) -> &'t str) {
    // Whether the paragraphs up to this one belong to a turn.
    let mut goes_on = false;
    for index in 0..blocks.all.len() {
        if is_turn(text(index)) {
            goes_on = blocks.all[index].faults.is_empty();
            continue;
        }
        if !goes_on {
            continue;
        }
        let block = &blocks.all[index];
        let Some(head) = leading_guillemet(block) else {
            goes_on = false;
            continue;
        };
        let unclosed = only_fault(block, FaultKind::Unclosed)
            .filter(|&fault| block.faults.len() == 1 && block.faults[fault].span == head.span());
        let may_be_closed = index + 1 < blocks.all.len()
            && (is_turn(text(index + 1)) || leading_guillemet(&blocks.all[index + 1]).is_some());
        match unclosed {
            Some(fault) if may_be_closed => {
                blocks.remove_fault(index, fault);
            }
            _ => goes_on = opens_more(block) && block.faults.is_empty(),
        }
    }
}

/// Whether more quotations open in a block than close, even if one mark may have closed two.
fn opens_more(block: &BlockReading) -> bool {
    let count = |is_it: &dyn Fn(Role) -> bool| {
        let of_kind = block.marks.iter().filter(|mark| mark.glyph.kind() == Kind::Guillemet);
        of_kind.filter(|mark| is_it(mark.role)).count()
    };
    count(&|role| matches!(role, Role::Opens | Role::Reopens)) > count(&|role| role == Role::Closes)
}

/// The guillemet with which a block begins.
fn leading_guillemet(block: &BlockReading) -> Option<&Mark> {
    let opens = |mark: &&Mark| matches!(mark.role, Role::Opens | Role::Reopens);
    let is_head = |mark: &&Mark| mark.span().start == 0 && mark.glyph.kind() == Kind::Guillemet;
    block.marks.first().filter(is_head).filter(opens)
}
