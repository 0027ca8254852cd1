//! The configuration in words: `rubricator config show`.

use std::fmt::Write;
use std::path::Path;

use crate::rules::{Levels, RULES};

use super::Config;

impl Config {
    /// What applies to `file`, or to the folder without one, and where each part is from.
    pub fn describe(&self, file: Option<&Path>) -> String {
        let own = self.path.as_ref().map(|path| path.display().to_string());
        let own = own.as_deref().unwrap_or("the defaults (there is no rubricator.toml)");
        let mut text = format!("configuration  {own}\n");
        let _ = writeln!(text, "root           {}", self.root.display());
        let authority = if self.authority.is_builtin {
            "the starter authority".to_owned()
        } else {
            let mut files: Vec<_> =
                self.authority.figures().iter().filter_map(|figure| figure.path.clone()).collect();
            files.dedup();
            files.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
        };
        let _ = writeln!(
            text,
            "authority      {authority}, {} figures",
            self.authority.figures().len()
        );
        let style =
            self.settings.quotes.outer.map_or("auto".to_owned(), |outer| format!("{outer:?}"));
        let _ = writeln!(text, "quotes         {}", style.to_lowercase());
        let relative = file.map(|file| {
            let absolute = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
            self.relative(&absolute).to_owned()
        });
        if let Some(relative) = &relative {
            let included = if self.includes(relative) { "yes" } else { "no" };
            let _ = writeln!(text, "included       {included}");
        }
        text.push_str("rules\n");
        let (defaults, here) =
            (Levels::default(), relative.as_deref().map(|path| self.levels(path)));
        let width = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
        for rule in RULES {
            let own = self.levels.get(rule.name);
            let level = here.as_ref().map_or(own, |levels| levels.get(rule.name));
            let origin = if level != own {
                "[[override]]"
            } else if own != defaults.get(rule.name) {
                "[rules]"
            } else {
                "default"
            };
            let name = level.map_or("off", |severity| severity.name());
            let _ = writeln!(text, "  {:width$}  {name:7}  {origin}", rule.name);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_says_where_its_severity_is_from() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("rubricator.toml");
        let source = "[rules]\nname-variant = \"error\"\n[[override]]\nfiles = [\"letters/**\"]\nrules = { unused-note = \"off\" }\n";
        std::fs::write(&path, source).expect("written");
        let config = Config::load(&path).expect("a good configuration");
        let described = config.describe(Some(&folder.path().join("letters/a.txt")));
        let line = |rule: &str| {
            let found = described.lines().find(|line| line.trim_start().starts_with(rule));
            found.unwrap_or("").split_whitespace().skip(1).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(line("name-variant"), "error [rules]");
        assert_eq!(line("unused-note"), "off [[override]]");
        assert_eq!(line("unbalanced-quotes"), "warning default");
    }
}
