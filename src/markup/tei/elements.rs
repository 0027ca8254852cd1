//! What each element of TEI does to the reading (TEI P5 Guidelines, elements as named there).

use super::super::marked::{Effect, names_small_capitals};
use super::super::{BlockKind, InlineKind};

/// What an element does, by its name, its attributes and where it stands.
pub(super) fn effect<'a>(
    name: &str,
    get: &impl Fn(&str) -> Option<&'a str>,
    in_block: bool,
    in_header: bool,
) -> Effect {
    if in_header {
        return Effect::Transparent;
    }
    match name {
        "teiHeader" | "standOff" | "facsimile" | "sourceDoc" | "listPerson" | "listPlace"
        | "listOrg" | "listBibl" | "del" | "gap" | "fw" | "surplus" | "graphic" | "formula"
        | "desc" | "castList" | "index" | "metamark" | "egXML" => Effect::Hidden,
        // Lines of a program or of markup that the text shows.
        "eg" if !in_block => Effect::Hidden,

        "p" | "ab" => Effect::Block(BlockKind::Paragraph),
        "head" => Effect::Block(BlockKind::Heading(2)),
        "titlePart" => Effect::Block(BlockKind::Title),
        "byline" | "docAuthor" | "docDate" | "docEdition" if !in_block => {
            Effect::Block(BlockKind::Byline)
        }
        "docImprint" | "imprimatur" if !in_block => Effect::Block(BlockKind::Credits),
        "lg" => Effect::Block(BlockKind::Verse),
        "item" => Effect::Group(BlockKind::Item),
        "cell" => Effect::Group(BlockKind::Cell),
        "speaker" | "stage" | "opener" | "closer" | "salute" | "signed" | "dateline"
        | "trailer" | "label" | "figDesc" | "caption" | "argument" | "address" | "addrLine"
            if !in_block =>
        {
            Effect::Block(BlockKind::Other)
        }
        "note" => Effect::Note,
        "quote" | "cit" if !in_block => Effect::Extract,
        "quote" | "q" | "said" | "soCalled" => Effect::Inline(InlineKind::Quotation(None)),
        "text" | "front" | "body" | "back" | "group" | "floatingText" | "TEI" | "teiCorpus"
        | "list" | "table" | "row" | "titlePage" | "docTitle" | "epigraph" | "figure" | "sp" => {
            Effect::Group(BlockKind::Other)
        }
        "div" | "div1" | "div2" | "div3" | "div4" | "div5" | "div6" | "div7" | "postscript" => {
            Effect::Group(BlockKind::Paragraph)
        }

        "sic" | "orig" => Effect::Inline(InlineKind::Sic),
        _ if is_code(name) => Effect::Inline(InlineKind::Opaque),
        "persName" | "orgName" | "placeName" | "name" | "rs" | "geogName" | "author" => {
            let is_in_small_capitals = is_in_small_capitals(get);
            Effect::Inline(InlineKind::Name { targets: Vec::new(), is_in_small_capitals })
        }
        "surname" | "forename" | "addName" if is_in_small_capitals(get) => {
            Effect::Inline(InlineKind::SmallCapitals)
        }
        "hi" | "emph" | "title" | "foreign" | "term" | "mentioned" => {
            if get("rend").is_some_and(|rend| rend.contains("quoted")) {
                Effect::Inline(InlineKind::Quotation(None))
            } else if matches!(name, "hi" | "emph") && is_in_small_capitals(get) {
                Effect::Inline(InlineKind::SmallCapitals)
            } else {
                Effect::Inline(InlineKind::Emphasis)
            }
        }
        _ => Effect::Transparent,
    }
}

/// Whether `rend`, `rendition` or `style` says that small capitals are shown. What `rend` holds is the
/// project's choice (TEI P5 Guidelines, att.global.rendition), `rendition` points to what is shown.
fn is_in_small_capitals<'a>(get: &impl Fn(&str) -> Option<&'a str>) -> bool {
    let value = |name: &str| get(name).unwrap_or("");
    let mut words =
        ["rend", "rendition"].into_iter().flat_map(|name| value(name).split_whitespace());
    names_small_capitals(value("style"))
        || words.any(|word| names_small_capitals(word.trim_start_matches(['#', ':'])))
        || value("rend").to_ascii_lowercase().contains("small caps")
}

/// Whether marks in an element are not those of the text around it.
pub(in crate::markup) fn is_code(name: &str) -> bool {
    matches!(name, "code" | "gi" | "att" | "val" | "ident" | "eg")
}
