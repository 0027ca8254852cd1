//! Fixes keep to the manner in which a text writes its marks: where one was a reference, `&lsquo;`,
//! the one in its place is a reference too.

use std::cell::LazyCell;

use crate::corpus::Analysis;
use crate::markup::{in_manner_of, reads_references};

use super::Finding;

/// Writes the marks of all fixes as the marks that they replace are written, or that they are the
/// partners of. Where no reference is read, in `<![CDATA[ … ]]>`, a mark stands for itself.
pub(super) fn keep(analysis: &Analysis, findings: &mut [Finding]) {
    let (source, format) = (&*analysis.source, analysis.document.format);
    let has_verbatim = LazyCell::new(|| source.contains("<![CDATA["));
    let is_read = |at: usize| !*has_verbatim || reads_references(source, at, format);
    for finding in findings {
        let found = finding.span;
        for edit in finding.fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
            let model = if edit.span.is_empty() { found } else { edit.span };
            if let Some(text) = in_manner_of(model.of(source), &edit.text, format, source)
                && is_read(edit.span.start)
            {
                edit.text = text;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::corpus::{CorpusIndex, DocumentFacts, Settings, analyse};
    use crate::markup::Format;
    use crate::rules::{Levels, document_findings};

    /// The edits of the first fixes of a page.
    fn edits(format: Format, source: &str) -> Vec<String> {
        let settings = Settings::default();
        let analysis = analyse(Arc::from(source), format, &settings);
        let facts = DocumentFacts::of(&analysis, &CorpusIndex::new(Arc::default(), None));
        let findings = document_findings(&analysis, &facts, &settings, &Levels::default());
        let fixes = findings.into_iter().filter_map(|finding| finding.fixes.into_iter().next());
        fixes.flat_map(|fix| fix.edits).map(|edit| edit.text).collect()
    }

    #[test]
    fn a_mark_that_was_a_reference_stays_one() {
        let cases = [
            ("<p>He spoke of the &rsquo;rule of law&rsquo; and went.</p>", "&lsquo;"),
            ("<p>&#8216;Tis so, and was so before.</p>", "&#8217;"),
            ("<p>He spoke of the ’rule of law&rsquo; and went.</p>", "‘"),
            ("<p>He said &ldquo;no and went.</p>", "&rdquo;"),
        ];
        for (source, written) in cases {
            assert_eq!(edits(Format::Html, source), [written], "{source}");
        }
        let tei = "<TEI><text><body><p>&lsquo;Tis so, and was so before.</p></body></text></TEI>";
        assert_eq!(edits(Format::Tei, tei), ["&#8217;"]);
        let tei = "<TEI><text><body><p>He went.<![CDATA[ ]]>It was so&#x2019; they said at last.</p></body></text></TEI>";
        assert_eq!(edits(Format::Tei, tei), ["‘"]);
    }
}
