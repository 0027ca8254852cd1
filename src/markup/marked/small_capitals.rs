//! What says that letters are shown as small capitals.

/// Whether a class, a word of `rend` or a style names small capitals: the names that Project Gutenberg, the
/// examples of the TEI Guidelines and style sheets have for them (CSS Fonts Level 4, `font-variant-caps`).
pub(in crate::markup) fn names_small_capitals(value: &str) -> bool {
    if value.is_empty() {
        return false;
    }
    let value = value.to_ascii_lowercase();
    let is_name = matches!(
        value.as_str(),
        "sc" | "smcap" | "smcaps" | "smallcap" | "smallcaps" | "small_caps" | "smallcapitals"
    );
    is_name || value.contains("small-caps")
}
