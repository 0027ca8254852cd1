//! An assembler at rest: no block, no note, nothing hidden is open, and no comment waits.

use super::super::Language;
use super::Change;
use super::assembler::{Assembler, Effect, Frame};
use super::raw::{Marks, Raw};

/// Deeper than this no place of rest is kept.
const DEEPEST_REST: usize = 64;

/// The elements that are open at rest.
#[derive(Clone, Debug)]
pub(super) struct State {
    open: Vec<Open>,
    extracts: u8,
    is_too_deep: bool,
}

/// An open element that outlives its source.
#[derive(Clone, Debug)]
struct Open {
    name: Box<str>,
    effect: Effect,
    language: Option<Language>,
    start: usize,
    inline_from: usize,
    anchors: Vec<usize>,
}

/// What was added since the place of rest, and which anchors those of the old reading are now.
#[derive(Debug)]
pub(super) struct Moved {
    from: Marks,
    to: Marks,
    anchors: Vec<(usize, usize)>,
}

impl State {
    /// The state at a later place of rest, after a change before it.
    pub(super) fn now(&self, change: &Change, moved: &Moved) -> Self {
        let anchor = |&old: &usize| {
            let known = moved.anchors.iter().find(|(was, _)| *was == old);
            known.map_or_else(|| moved.anchor(old), |(_, is)| *is)
        };
        let open = self.open.iter().map(|open| Open {
            start: change.now(open.start).unwrap_or(open.start),
            anchors: open.anchors.iter().map(anchor).collect(),
            ..open.clone()
        });
        Self { open: open.collect(), ..*self }
    }
}

impl Moved {
    pub(super) fn marks(&self, old: Marks) -> Marks {
        old.moved(self.from, self.to)
    }

    fn anchor(&self, old: usize) -> usize {
        old - self.from.anchors() + self.to.anchors()
    }
}

impl<'s> Assembler<'s> {
    /// Whether all that is going on is in a [`State`].
    pub(in crate::markup) fn is_at_rest(&self) -> bool {
        self.block.is_none()
            && self.hidden == 0
            && self.notes == 0
            && self.ignores.is_idle()
            && self.frames.len() <= DEEPEST_REST
    }

    /// The state at rest, and how much was put out.
    pub(super) fn state(&self) -> (State, Marks) {
        let open = self.frames.iter().map(|frame| Open {
            name: frame.name.into(),
            effect: frame.effect.clone(),
            language: frame.language,
            start: frame.start,
            inline_from: frame.inline_from,
            anchors: frame.anchors.clone(),
        });
        let open = open.collect();
        (State { open, extracts: self.extracts, is_too_deep: self.is_too_deep }, self.raw.marks())
    }

    /// Goes back to a state at rest before anything changed.
    pub(super) fn resume(&mut self, state: &'s State, raw: Raw, language: Language) {
        for open in &state.open {
            *self.open_names.entry(&open.name).or_insert(0) += 1;
            self.frames.push(Frame {
                name: &open.name,
                effect: open.effect.clone(),
                language: open.language,
                start: open.start,
                inline_from: open.inline_from,
                anchors: open.anchors.clone(),
                suspended: None,
            });
        }
        self.extracts = state.extracts;
        self.is_too_deep = state.is_too_deep;
        self.fresh = raw.blocks.len()..usize::MAX;
        self.told = Some(language);
        self.raw = raw;
    }

    /// Whether the state is that of the old reading, but for the places.
    pub(super) fn agrees(&self, state: &State, old: &Raw, change: &Change) -> bool {
        let is_same_anchor = |(&new, &old_number): (&usize, &usize)| {
            let (new, old) = (&self.raw.anchors[new], &old.anchors[old_number]);
            new.kind == old.kind
                && new.label == old.label
                && new.needs_marker == old.needs_marker
                && change.now(old.span.start) == Some(new.span.start)
        };
        let is_same = |(frame, open): (&Frame<'_>, &Open)| {
            frame.name == &*open.name
                && frame.effect == open.effect
                && frame.language == open.language
                && change.now(open.start) == Some(frame.start)
                && frame.inline_from == open.inline_from
                && frame.anchors.len() == open.anchors.len()
                && frame.anchors.iter().zip(&open.anchors).all(is_same_anchor)
        };
        self.extracts == state.extracts
            && self.is_too_deep == state.is_too_deep
            && self.frames.len() == state.open.len()
            && self.frames.iter().zip(&state.open).all(is_same)
    }

    /// Takes over what the old reading has behind a state that agrees.
    pub(super) fn take_over(
        &mut self,
        state: &State,
        old: &Raw,
        marks: Marks,
        change: &Change,
    ) -> Moved {
        let mut anchors = Vec::new();
        for (frame, open) in self.frames.drain(..).zip(&state.open) {
            for (&new, &was) in frame.anchors.iter().zip(&open.anchors) {
                // It ends where it ended then, which is behind the change.
                self.raw.anchors[new].extent.end = change.shift().at(old.anchors[was].extent.end);
                anchors.push((was, new));
            }
        }
        self.open_names.clear();
        let to = self.raw.marks();
        self.fresh.end = self.raw.blocks.len();
        self.raw.add_tail(old, marks, change);
        Moved { from: marks, to, anchors }
    }
}
