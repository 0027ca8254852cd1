//! Which run of notes a marker belongs to where several runs are collected in one place: the notes of
//! all chapters behind the last.
//!
//! Runs that stand behind what they belong to are told by that alone ([`Notes::scope_at`]).

use rustc_hash::FxHashSet;

use crate::text::Span;

use super::super::{AnchorKind, Block, BlockKind, Document, Pointer, PointerKind};
use super::division::{self, Division, Divisions};
use super::headings::RUN_IN_LEVEL;
use super::notes::{Note, Notes};

/// Where more than one in so many markers has no note in a run, it is not theirs.
const ONE_IN: usize = 4;

/// Gives the markers before runs that stand together the run that is theirs. Where that is not certain
/// they have none, and the notes need none. O(n log n).
pub(super) fn pair(source: &str, notes: &Notes, document: &mut Document) {
    let runs = notes.runs();
    if runs.len() < 2 {
        return;
    }
    let mut text_from = 0;
    for collected in collections(&document.blocks, &runs) {
        let (first, last) = (collected[0], collected[collected.len() - 1]);
        if collected.len() > 1 {
            let part = Span::new(text_from, first.start);
            let (markers, pairing) = Part { source, document, part, runs: collected }.pairing();
            let of_marker = |place: usize| match &pairing {
                Pairing::Certain(scopes) => scopes[place],
                Pairing::OneRun => first.scope,
                Pairing::Open => Pointer::OPEN,
            };
            for (place, marker) in markers.into_iter().enumerate() {
                document.pointers[marker].scope = of_marker(place);
            }
            let place = Span::new(first.start, last.end);
            let anchors = document.anchors.iter_mut();
            let notes =
                anchors.filter(|one| one.kind == AnchorKind::Note && place.covers(one.span));
            match pairing {
                Pairing::Certain(_) => {}
                Pairing::OneRun => notes.for_each(|note| note.scope = first.scope),
                Pairing::Open => notes.for_each(|note| note.needs_marker = false),
            }
        }
        text_from = last.end;
    }
}

/// To which runs the markers of a part of the text belong.
enum Pairing {
    /// To these, in the order of the markers.
    Certain(Vec<u32>),
    /// All to one that a misread number seems to part: `1 2 1 4`.
    OneRun,
    Open,
}

/// A run of notes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run<'n> {
    pub(super) notes: &'n [Note],
    pub(super) scope: u32,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Run<'_> {
    fn labels(&self) -> impl Iterator<Item = &str> {
        self.notes.iter().map(|note| note.label.text.as_str())
    }
}

/// The runs in groups between which text stands.
fn collections<'r, 'n>(blocks: &[Block], runs: &'r [Run<'n>]) -> Vec<&'r [Run<'n>]> {
    let mut groups = Vec::new();
    let mut from = 0;
    for next in 1..=runs.len() {
        let is_apart = next == runs.len() || has_text(blocks, runs[next - 1].end, runs[next].start);
        if is_apart {
            groups.push(&runs[from..next]);
            from = next;
        }
    }
    groups
}

/// Whether anything but headings and notes stands between two bytes.
fn has_text(blocks: &[Block], from: usize, to: usize) -> bool {
    let first = blocks.partition_point(|block| block.span.start < from);
    let mut between = blocks[first..].iter().take_while(|block| block.span.start < to);
    let is_text = |block: &Block| !matches!(block.kind, BlockKind::Heading(_) | BlockKind::Note);
    between.any(is_text)
}

/// A marker: its number in [`Document::pointers`] and what it shows.
struct Marker<'d> {
    pointer: usize,
    start: usize,
    label: &'d str,
}

/// A part of a text and the runs of notes behind it.
struct Part<'a> {
    source: &'a str,
    document: &'a Document,
    part: Span,
    runs: &'a [Run<'a>],
}

impl Part<'_> {
    /// The markers, by their numbers in [`Document::pointers`], and their runs.
    fn pairing(&self) -> (Vec<usize>, Pairing) {
        let markers = self.markers();
        let scopes = self.by_headings(&markers).or_else(|| self.by_order(&markers));
        let pairing = match scopes {
            Some(scopes) => Pairing::Certain(scopes),
            None if self.is_one_run(&markers) => Pairing::OneRun,
            None => Pairing::Open,
        };
        (markers.iter().map(|marker| marker.pointer).collect(), pairing)
    }

    /// The markers of the text itself.
    fn markers(&self) -> Vec<Marker<'_>> {
        let blocks = &self.document.blocks;
        let is_in_note = |at: usize| {
            let behind = blocks.partition_point(|block| block.span.start <= at);
            blocks[..behind].last().is_some_and(|block| block.kind == BlockKind::Note)
        };
        let pointers = &self.document.pointers;
        let range = [self.part.start, self.part.end]
            .map(|at| pointers.partition_point(|pointer| pointer.span.start < at));
        let markers = (range[0]..range[1]).filter(|&number| {
            let pointer = &pointers[number];
            pointer.kind == PointerKind::Marker && !is_in_note(pointer.span.start)
        });
        let marker = |number: usize| Marker {
            pointer: number,
            start: pointers[number].span.start,
            label: &pointers[number].target,
        };
        markers.map(marker).collect()
    }

    /// The headings from byte `from` up to `to`, with their places.
    fn headings(&self, from: usize, to: usize) -> impl DoubleEndedIterator<Item = (usize, &str)> {
        let blocks = &self.document.blocks;
        let range = [from, to].map(|at| blocks.partition_point(|block| block.span.start < at));
        let headings = blocks[range[0]..range[1]].iter().filter(|block| {
            let is_heading = match block.kind {
                BlockKind::Title => true,
                BlockKind::Heading(level) => level < RUN_IN_LEVEL,
                _ => false,
            };
            is_heading && block.span.len() <= division::LONGEST
        });
        headings.map(|block| (block.span.start, block.span.of(self.source)))
    }

    /// By what stands over the runs and over the chapters, where each run has a heading of its own.
    fn by_headings(&self, markers: &[Marker<'_>]) -> Option<Vec<u32>> {
        let mut divisions = Divisions::default();
        let mut from = self.part.start;
        for run in self.runs {
            let (at, heading) = self.headings(from, run.start).next_back()?;
            // It may be that of the last chapter.
            if has_text(&self.document.blocks, at + heading.len(), run.start) {
                return None;
            }
            let named = super::notes::whose_notes(heading).unwrap_or(heading);
            divisions.insert(Division::of(named), run.scope);
            from = run.end;
        }
        let mut scopes = vec![Pointer::OPEN; markers.len()];
        let mut headings = self.headings(self.part.start, self.part.end).peekable();
        let mut here = None;
        for (marker, scope) in markers.iter().zip(&mut scopes) {
            while let Some((_, heading)) = headings.next_if(|(at, _)| *at <= marker.start) {
                let heading = Division::of(heading);
                let found = divisions.find(&heading);
                // A subhead parts nothing.
                if found.is_some() || divisions.have_kind_of(&heading) {
                    here = found;
                }
            }
            *scope = here?;
        }
        scopes.is_sorted().then_some(scopes)
    }

    /// By their order, where the markers start again as often as the notes.
    fn by_order(&self, markers: &[Marker<'_>]) -> Option<Vec<u32>> {
        let heads: Vec<usize> =
            self.headings(self.part.start, self.part.end).map(|(at, _)| at).collect();
        let mut found = None;
        for starts in [starts_from_one(markers, &heads), starts_behind_headings(markers, &heads)] {
            if starts.len() != self.runs.len() || !self.fit(markers, &starts) {
                continue;
            }
            if found.as_ref().is_some_and(|found| *found != starts) {
                return None;
            }
            found = Some(starts);
        }
        let starts = found?;
        let run_of = |at: usize| starts.partition_point(|&start| start <= at) - 1;
        Some((0..markers.len()).map(|at| self.runs[run_of(at)].scope).collect())
    }

    /// Whether nearly all markers have a note in the run that would be theirs.
    fn fit(&self, markers: &[Marker<'_>], starts: &[usize]) -> bool {
        self.runs.iter().enumerate().all(|(number, run)| {
            let end = starts.get(number + 1).copied().unwrap_or(markers.len());
            let labels: FxHashSet<&str> = run.labels().collect();
            let own: FxHashSet<&str> =
                markers[starts[number]..end].iter().map(|marker| marker.label).collect();
            let lost = own.iter().filter(|label| !labels.contains(*label)).count();
            lost <= 1.max(own.len() / ONE_IN) && lost < own.len()
        })
    }

    /// Whether the notes and the markers are counted on from 1, but for numbers that seem to begin
    /// another run: each stands where there is room for the number it was, or has the marker of that.
    fn is_one_run(&self, markers: &[Marker<'_>]) -> bool {
        let called: FxHashSet<&str> = markers.iter().map(|marker| marker.label).collect();
        let mut last = 0;
        for run in self.runs {
            for (place, label) in run.labels().enumerate() {
                let Ok(number) = label.parse::<u32>() else {
                    return false;
                };
                if place > 0 || run.scope == self.runs[0].scope {
                    if number <= last {
                        return false;
                    }
                    last = number;
                    continue;
                }
                last += 1;
                if run.notes.len() == 1 && !called.contains(last.to_string().as_str()) {
                    return false;
                }
            }
        }
        starts_from_one(markers, &[]).len() < 2
    }
}

/// Where the numbers of markers start from 1 again, and signs come again: the first marker of each
/// run. A single note of a chapter starts again only behind a heading. Empty where the first is lost.
fn starts_from_one(markers: &[Marker<'_>], heads: &[usize]) -> Vec<usize> {
    if markers.first().is_some_and(|first| first.label.parse().is_ok_and(|number: u32| number > 1))
    {
        return Vec::new();
    }
    starts(markers, heads, |before, here, seen, is_parted| {
        match (before.parse::<u32>(), here.parse::<u32>()) {
            (Ok(before), Ok(here)) => here == 1 && (before > 1 || is_parted),
            (Err(_), Err(_)) => seen,
            _ => false,
        }
    })
}

/// Where the numbers of markers fall behind a heading.
fn starts_behind_headings(markers: &[Marker<'_>], heads: &[usize]) -> Vec<usize> {
    starts(markers, heads, |before, here, seen, is_parted| {
        let falls = match (before.parse::<u32>(), here.parse::<u32>()) {
            (Ok(before), Ok(here)) => here <= before,
            _ => seen,
        };
        is_parted && falls
    })
}

/// The first marker of each run, as `starts_again` tells by the label before, the label, whether it was
/// in the run, and whether a heading stands between.
fn starts(
    markers: &[Marker<'_>],
    heads: &[usize],
    starts_again: impl Fn(&str, &str, bool, bool) -> bool,
) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut seen = FxHashSet::default();
    for (at, marker) in markers.iter().enumerate() {
        let begins = at.checked_sub(1).is_none_or(|before| {
            let before = &markers[before];
            let next_head = heads.partition_point(|&head| head < before.start);
            let is_parted = heads.get(next_head).is_some_and(|&head| head < marker.start);
            starts_again(before.label, marker.label, seen.contains(marker.label), is_parted)
        });
        if begins {
            starts.push(at);
            seen.clear();
        }
        seen.insert(marker.label);
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::super::super::{Anchor, Hints, read_as};
    use super::*;
    use crate::markup::Format;

    /// The words behind the labels of the notes to which the markers lead, in the order of the markers;
    /// `?` where that is open and `-` where there is no note.
    fn answers(source: &str) -> String {
        let document = read_as(source, Format::Plain, Hints::default());
        let notes = document.anchors.iter().filter(|anchor| anchor.kind == AnchorKind::Note);
        let notes: Vec<_> = notes.collect();
        let answer = |pointer: &Pointer| {
            let is_it =
                |note: &&&Anchor| note.scope == pointer.scope && note.label == pointer.target;
            let note = notes.iter().find(is_it).map(|note| note.extent.of(source));
            match note.and_then(|note| note.split_whitespace().nth(1)) {
                Some(word) => word,
                None if pointer.is_open() => "?",
                None => "-",
            }
        };
        document.pointers.iter().map(answer).collect::<Vec<_>>().join(" ")
    }

    const CHAPTERS: &str = "I\n\nHe left.[1] They came.[2]\n\nII\n\nShe left.[1] They went.[2] \
                            And so.[3]\n\n";

    #[test]
    fn runs_collected_at_the_end_are_paired_by_their_order() {
        let notes = "NOTES\n\n[1] a.\n\n[2] b.\n\n[1] c.\n\n[2] d.\n\n[3] e.\n";
        assert_eq!(answers(&format!("{CHAPTERS}{notes}")), "a. b. c. d. e.");
        // No heading parts the chapters.
        let text = "He left.[1] They came.[2]\n\nShe left.[1] They went.[2] And so.[3]\n\n";
        assert_eq!(answers(&format!("{text}{notes}")), "a. b. c. d. e.");
        // A lost note and a misread marker do not hide whose they are.
        let text = CHAPTERS.replace("And so.[3]", "And so.[8]");
        assert_eq!(answers(&format!("{text}{notes}")), "a. b. c. d. -");
    }

    #[test]
    fn a_marker_that_comes_again_starts_no_chapter_of_its_own() {
        let text = "I\n\nHe left.[1] They came.[2] He said so.[1]\n\nII\n\nShe left.[1] They \
                    went.[2]\n\n";
        let notes = "NOTES\n\n[1] a.\n\n[2] b.\n\n[1] c.\n\n[2] d.\n";
        assert_eq!(answers(&format!("{text}{notes}")), "a. b. a. c. d.");
    }

    #[test]
    fn a_chapter_may_have_one_note() {
        let text = CHAPTERS.replace(" They came.[2]", "");
        let notes = "NOTES\n\n[1] a.\n\n[1] c.\n\n[2] d.\n\n[3] e.\n";
        assert_eq!(answers(&format!("{text}{notes}")), "a. c. d. e.");
    }

    #[test]
    fn signs_are_paired_by_their_order() {
        let text = "He left.* They came.† He said so.\n\nShe left.* They went.\n\n----\n\n* a.\n\n\
                    † b.\n\n* c.\n";
        assert_eq!(answers(text), "a. b. c.");
        let text = text.replace("----", "Notes").replace("† b.\n\n", "").replace("†", "");
        assert_eq!(answers(&text), "a. c.");
    }

    #[test]
    fn headings_over_the_runs_name_the_chapters() {
        let text = "INTRODUCTION\n\nSo it was.[1]\n\nCHAPTER I. WATER\n\nHe left.[1] They came.[2]\n\n\
                    CHAPTER II. STONE\n\nShe left. They went.\n\nCHAPTER III. MEN\n\nAnd so.[1] And on.[2]\n\n";
        for notes in [
            "NOTES\n\nIntroduction\n\n[1] i.\n\nChapter I\n\n[1] a.\n\n[2] b.\n\nChapter III\n\n[1] c.\n\n[2] d.\n",
            "NOTES\n\nIntroduction\n\n1. i.\n\nChapter I:\n\n1. a.\n\n2. b.\n\nIII\n\n1. c.\n\n2. d.\n",
            "NOTES TO THE INTRODUCTION\n\n1. i.\n\nNotes to chapter I:\n\n1. a.\n2. b.\n\n\
             Chapter III: Notes\n\n1. c.\n2. d.\n",
        ] {
            assert_eq!(answers(&format!("{text}{notes}")), "i. a. b. c. d.", "{notes}");
        }
        // A note may look like the number of a chapter, and the first heading be that of the text.
        let text = "I\n\nHe left.(1) They came.(2)\n\nII\n\nShe left.(1)\n\nNotes\n\n";
        let notes = "(1) a.\n\n(2) b.\n\n(1) c.\n";
        assert_eq!(answers(&format!("{text}{notes}")), "a. b. c.");
        let notes = "I\n\n1. a.\n\n2. b.\n\nII\n\n1. c.\n";
        let text = text.replace('(', "[").replace(')', "]");
        assert_eq!(answers(&format!("{text}{notes}")), "a. b. c.");
        // The first run has none, and that of the last chapter is not its own.
        let notes = "----\n\n[1] a.\n\n[2] b.\n\nII\n\n[1] c.\n\n[2] d.\n\n[3] e.\n";
        assert_eq!(answers(&format!("{CHAPTERS}{notes}")), "a. b. c. d. e.");
        // The markers of the first were lost.
        let notes =
            "NOTES\n\nCHAPTER I\n\n[1] a.\n\n[2] b.\n\nCHAPTER II\n\n[1] c.\n\n[2] d.\n\n[3] e.\n";
        let text =
            "CHAPTER I\n\nHe left.\n\nCHAPTER II\n\nShe left.[1] They went.[2] And so.[3]\n\n";
        assert_eq!(answers(&format!("{text}{notes}")), "c. d. e.");
    }

    #[test]
    fn chapters_among_the_notes_are_told_from_the_next_chapter() {
        let text = "CHAPTER I\n\nHe left.[1]\n\nNOTES\n\n1. a.\n\nCHAPTER II\n\nShe left.[1] He came.\n\n\
                    NOTES\n\n1. b.\n";
        assert_eq!(answers(text), "a. b.");
    }

    #[test]
    fn what_is_not_certain_stays_open() {
        let notes = "NOTES\n\n[1] a.\n\n[2] b.\n\n[1] c.\n\n[2] d.\n\n[3] e.\n\n[1] f.\n";
        assert_eq!(answers(&format!("{CHAPTERS}{notes}")), "? ? ? ? ?");
        let document = read_as(&format!("{CHAPTERS}{notes}"), Format::Plain, Hints::default());
        assert!(document.anchors.iter().all(|anchor| !anchor.needs_marker));
        // A number that was misread would be another one here.
        let notes = "NOTES\n\n[1] a.\n\n[2] b.\n\n[1] c.\n";
        let text = "He left.[1] They came.[2]\n\n";
        assert_eq!(answers(&format!("{text}{notes}")), "? ?");
        // As many runs, but not the same.
        let notes = "NOTES\n\n[1] a.\n\n[2] b.\n\n[1] c.\n\n[2] d.\n\n[3] e.\n\n[4] f.\n\n[5] g.\n";
        let text = CHAPTERS.replace("They came.[2]", "They came.[2][3][4][5]");
        assert_eq!(answers(&format!("{text}{notes}")), "? ? ? ? ? ? ? ?");
    }
}
