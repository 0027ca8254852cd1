//! A text as its fixes leave it.

use rubricator::rules::Finding;

/// The source with the first fix of every finding that touches no fix before it.
pub(crate) fn repaired(findings: &[Finding], source: &str) -> String {
    let mut edits: Vec<_> = findings
        .iter()
        .filter_map(|finding| finding.fixes.first())
        .flat_map(|fix| &fix.edits)
        .collect();
    edits.sort_by_key(|edit| edit.span);
    let (mut text, mut done) = (String::new(), 0);
    for edit in edits {
        if edit.span.start >= done {
            text.push_str(&source[done..edit.span.start]);
            text.push_str(&edit.text);
            done = edit.span.end;
        }
    }
    text + &source[done..]
}
