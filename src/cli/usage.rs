//! What is wrong with a command line, in one line.

/// The message of the parser without its layout: what is wrong, what may be meant, where to look.
pub(super) fn one_line(error: &clap::Error) -> String {
    let rendered = error.render().to_string();
    let is_about_help =
        |line: &&str| !line.starts_with("Usage:") && !line.starts_with("For more information");
    let mut message = String::new();
    for line in rendered.lines().map(str::trim).take_while(is_about_help) {
        let (gap, words) = match line.strip_prefix("tip: ") {
            Some(tip) => ("; ", tip),
            None => (" ", line.strip_prefix("error: ").unwrap_or(line)),
        };
        if !words.is_empty() {
            message.push_str(if message.is_empty() { "" } else { gap });
            message.push_str(words);
        }
    }
    message + "; --help tells more"
}
