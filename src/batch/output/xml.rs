//! What the reports in XML share.

use quick_xml::escape::escape;

/// Text as XML 1.0 allows it (production `Char`): escaped, without control characters and
/// the two code points that are no characters.
pub(super) fn text(raw: &str) -> String {
    let is_allowed = |c: &char| match c {
        '\t' | '\n' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        c => !c.is_control(),
    };
    let allowed: String = raw.chars().filter(is_allowed).collect();
    escape(allowed.as_str()).into_owned()
}
