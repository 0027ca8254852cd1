//! Names whose figure the markup tells: `<persName ref="#khrushchev">`.

use serde::{Deserialize, Serialize};

use crate::figures::{Authority, Candidate, Form};
use crate::markup::InlineKind;
use crate::text::Span;

use super::{Analysis, CorpusIndex, DocumentFacts, MentionFact};

/// How many bytes of its element a name may leave behind it: the ending of a possessive.
const LEFT_BEHIND: usize = 4;

/// A name that the markup points from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaggedName {
    span: (u32, u32),
    /// Its pointers as they are written, divided by spaces.
    targets: Box<str>,
}

impl TaggedName {
    /// The words in the element, in bytes of the source.
    pub fn span(&self) -> Span {
        Span::new(self.span.0 as usize, self.span.1 as usize)
    }
}

/// The names of a document that the markup points from, by where they end, and the inner one first.
pub(super) fn tagged(analysis: &Analysis) -> Box<[TaggedName]> {
    let blocks = analysis.document.blocks.iter();
    let names = blocks.flat_map(|block| {
        block.inlines.iter().filter_map(|inline| match &inline.kind {
            InlineKind::Name { targets, .. } if !targets.is_empty() => {
                let span = block.prose.to_source(inline.span);
                let span = (u32::try_from(span.start).ok()?, u32::try_from(span.end).ok()?);
                Some(TaggedName { span, targets: targets.join(" ").into() })
            }
            _ => None,
        })
    });
    let mut names: Vec<_> = names.collect();
    names.sort_by_key(|name| (name.span.1, std::cmp::Reverse(name.span.0)));
    names.into()
}

impl DocumentFacts {
    /// Whether markup tells of any name whose it is.
    pub fn has_tagged_names(&self) -> bool {
        !self.tagged.is_empty()
    }

    /// The element that marks a mention as a name: the innermost that the mention ends, so that the
    /// friend of Pierre, marked as a whole, is not Pierre.
    fn element_of(&self, mention: &MentionFact) -> Option<&TaggedName> {
        let span = mention.span();
        let from = self.tagged.partition_point(|name| name.span().end < span.end);
        self.tagged[from..]
            .iter()
            .map(|name| (name, name.span()))
            .take_while(|(_, element)| element.end <= span.end + LEFT_BEHIND)
            .find(|(_, element)| element.start <= span.start)
            .map(|(name, _)| name)
    }

    /// Whether an element marks a mention as a name.
    fn has_mention(&self, name: &TaggedName) -> bool {
        let element = name.span();
        let before = self.mentions.partition_point(|one| one.span().start < element.start);
        let inside = self.mentions[before..].iter();
        let mut inside = inside.take_while(|one| one.span().end <= element.end);
        inside.any(|one| self.element_of(one).is_some_and(|own| own.span() == element))
    }
}

impl CorpusIndex {
    /// The figure that the markup says a mention is of, and what the form is to that figure: what
    /// the authority says of it, or else a right one.
    pub fn told_by_markup(
        &self,
        facts: &DocumentFacts,
        mention: &MentionFact,
    ) -> Option<Candidate> {
        let figure = figure_of(self.authority(), facts.element_of(mention)?)?;
        let known = self.resolve(mention).into_iter().find(|known| known.figure == figure);
        Some(known.unwrap_or(Candidate { figure, form: Form::Accepted }))
    }

    /// The figure as whose name a place of a document is marked where no mention stands, with all
    /// that is marked so: the innermost around it.
    pub fn marked_at(&self, facts: &DocumentFacts, at: usize) -> Option<(Span, u32)> {
        let around = facts.tagged.iter().filter(|name| name.span().touches(at));
        around.filter_map(|name| self.marked(facts, name)).min_by_key(|(span, _)| span.len())
    }

    /// What a document marks as the names of figures without naming them: `<rs ref="#pierre">the
    /// count</rs>`. In the order in which they end, with the number of the figure.
    pub fn marked_without_name<'f>(
        &'f self,
        facts: &'f DocumentFacts,
    ) -> impl Iterator<Item = (Span, u32)> + 'f {
        facts.tagged.iter().filter_map(|name| self.marked(facts, name))
    }

    /// The pointers to a figure that speak of it by themselves, of all to it in a document, which come in
    /// order. One in the tag of a name that is a mention says no more than whose name that is.
    pub fn speaking(&self, facts: &DocumentFacts, figure: u32, pointers: &[Span]) -> Vec<Span> {
        let numbered = pointers.iter().enumerate();
        let speaking = numbered.filter(|&(number, pointer)| {
            let next = pointers.get(number + 1);
            !self.is_of_mention(facts, figure, *pointer, next)
        });
        speaking.map(|(_, pointer)| *pointer).collect()
    }

    /// Whether a pointer to a figure stands in the tag of a name of it that is a mention; `next` is the
    /// pointer to it behind that.
    fn is_of_mention(
        &self,
        facts: &DocumentFacts,
        figure: u32,
        pointer: Span,
        next: Option<&Span>,
    ) -> bool {
        let from = facts.tagged.partition_point(|name| name.span().end <= pointer.end);
        let Some(name) = facts.tagged.get(from) else {
            return false;
        };
        let element = name.span();
        let is_its_tag =
            pointer.end <= element.start && next.is_none_or(|next| element.start <= next.start);
        is_its_tag && figure_of(self.authority(), name) == Some(figure) && facts.has_mention(name)
    }

    /// The words in an element that has no mention of its own, and the figure that they mean.
    fn marked(&self, facts: &DocumentFacts, name: &TaggedName) -> Option<(Span, u32)> {
        let span = name.span();
        if span.is_empty() || facts.has_mention(name) {
            return None;
        }
        Some((span, figure_of(self.authority(), name)?))
    }
}

/// The figure of the first pointer that the authority knows. What stands before the id names a
/// file, or a prefix that the edition declares.
fn figure_of(authority: &Authority, name: &TaggedName) -> Option<u32> {
    name.targets.split(' ').find_map(|target| {
        let id = target.rsplit(['#', ':']).next().unwrap_or(target);
        authority.by_id(id).or_else(|| authority.by_link(target))
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use super::*;
    use crate::corpus::{Settings, analyse};
    use crate::markup::Format;

    const FIGURES: &str = "\
        [[figure]]\nid = \"js\"\nname = \"Joseph Stalin\"\nfamily = \"Stalin\"\n\
        [[figure]]\nid = \"vs\"\nname = \"Vasily Stalin\"\nfamily = \"Stalin\"\n\
        [[figure]]\nid = \"ann\"\nname = \"Ann Lee\"\nfamily = \"Lee\"\n\
        links = [\"https://www.wikidata.org/entity/Q7\"]\n";

    /// A paragraph of TEI: the corpus, the text and the facts.
    fn read(paragraph: &str) -> (CorpusIndex, String, DocumentFacts) {
        let mut authority = Authority::default();
        assert!(authority.add_file(Path::new("figures.toml"), FIGURES).is_empty());
        authority.finish();
        let index = CorpusIndex::new(Arc::new(authority), None);
        let text = format!("<TEI><text><body><p>{paragraph}</p></body></text></TEI>");
        let analysis = analyse(Arc::from(text.as_str()), Format::Tei, &Settings::default());
        let facts = DocumentFacts::of(&analysis, &index);
        (index, text, facts)
    }

    /// The mentions of a paragraph of TEI and what is only marked, each with its figures.
    fn who(paragraph: &str) -> Vec<String> {
        let (index, text, facts) = read(paragraph);
        let id = |figure: u32| index.authority().figure(figure).id.clone();
        let mentions = facts.mentions.iter().map(|mention| {
            let figures = index.resolve_in(&facts, mention);
            let ids: Vec<_> = figures.iter().map(|one| id(one.figure)).collect();
            format!("{}: {}", mention.span().of(&text), ids.join(" "))
        });
        let marked = index.marked_without_name(&facts);
        let marked = marked.map(|(span, figure)| format!("{}: {}", span.of(&text), id(figure)));
        mentions.chain(marked).collect()
    }

    #[test]
    fn markup_tells_whose_name_it_is() {
        assert_eq!(
            who("It was <persName ref=\"#vs\">Stalin</persName> whom <persName \
                 key=\"js\">Stalin</persName> saw, not <persName>Stalin</persName>."),
            ["Stalin: vs", "Stalin: js", "Stalin: js vs"]
        );
        assert_eq!(
            who("It was <persName ref=\"https://www.wikidata.org/entity/Q7\">Lizzie</persName>."),
            ["Lizzie: ann"]
        );
        assert_eq!(
            who("It was <persName corresp=\"psn:ann\">Vasily Stalin</persName>’s hat."),
            ["Vasily Stalin: ann"]
        );
    }

    #[test]
    fn what_is_marked_as_somebody_need_not_be_a_name() {
        assert_eq!(
            who("<persName ref=\"#ann\">She</persName> and <rs key=\"ann\">the lady</rs> left."),
            ["She: ann", "the lady: ann"]
        );
        assert_eq!(
            who("He saw <rs ref=\"#vs\">the son of <persName ref=\"#js\">Joseph \
                 Stalin</persName></rs> leave."),
            ["Joseph Stalin: js", "the son of <persName ref=\"#js\">Joseph Stalin: vs"]
        );
    }

    /// What is marked with the pointers to Ann Lee that are no more than the tag of her name.
    fn speaking(paragraph: &str) -> Vec<String> {
        let (index, text, facts) = read(paragraph);
        let ann = index.authority().by_id("ann").expect("a figure");
        let to_her = facts.links.iter().filter(|link| link.fragment.as_deref() == Some("ann"));
        let pointers: Vec<Span> = to_her.map(|link| link.span()).collect();
        let speaking = index.speaking(&facts, ann, &pointers).into_iter();
        let marked = speaking.map(|pointer| {
            let behind = text[pointer.end..].split(['<', '>']).nth(1).unwrap_or_default();
            behind.to_owned()
        });
        marked.collect()
    }

    #[test]
    fn a_name_and_the_pointer_in_its_tag_speak_once() {
        assert_eq!(speaking("It was <persName ref=\"#ann\">Ann Lee</persName>."), [""; 0]);
        assert_eq!(
            speaking(
                "<persName ref=\"#ann\">She</persName> and <rs ref=\"#ann\">the friend of \
                 <persName ref=\"#vs\">Vasily Stalin</persName></rs> and <persName \
                 ref=\"#ann\">Ann Lee</persName>: <said who=\"#ann\">yes</said>."
            ),
            ["She", "the friend of ", "yes"]
        );
    }

    #[test]
    fn neighbours_that_are_marked_are_two_names() {
        assert_eq!(
            who("He saw <name ref=\"#zzz\">Quint</name> <persName ref=\"#ann\">Annie \
                 Lee</persName> leave."),
            ["Quint: ", "Annie Lee: ann"]
        );
    }
}
