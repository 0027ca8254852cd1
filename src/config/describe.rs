//! The configuration in words: `rubricator config show`.

use std::fmt::Write;
use std::path::Path;

use globset::Glob;
use toml::Spanned;

use crate::rules::RULES;
use crate::text::Span;

use super::Config;
use super::load::Written;

/// Where a part is from that no configuration speaks of.
const DEFAULT: &str = "default";

impl Config {
    /// What applies to `file`, or to the folder without one, and where each part is from: the line
    /// of the configuration, the profile, or the defaults.
    pub fn describe(&self, file: Option<&Path>) -> String {
        let relative = file.map(|file| {
            let absolute = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
            self.relative(&absolute).to_owned()
        });
        let relative = relative.as_deref();
        let own = self.path.as_ref().map(|path| path.display().to_string());
        let own = own.as_deref().unwrap_or("the defaults (there is no rubricator.toml)");
        let mut text = format!("configuration  {own}\n");
        let _ = writeln!(text, "root           {}", self.root.display());
        let parts = [
            ("profile", self.profile()),
            ("language", self.language()),
            ("links", self.links()),
            ("pointers", self.pointers()),
            ("notation", self.notation()),
            ("quotes", self.quotes()),
            ("scheme", self.scheme()),
            ("authority", self.authority_in_words()),
        ];
        let included = relative.map(|relative| ("included", self.inclusion(relative)));
        for (name, (value, origin)) in parts.into_iter().chain(included) {
            let _ = writeln!(text, "{name:13}  {value:24}  {origin}");
        }
        text.push_str("rules\n");
        let levels = relative.map_or_else(|| self.levels.clone(), |path| self.levels(path));
        let width = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
        for rule in RULES {
            let name = levels.get(rule.name).map_or("off", |severity| severity.name());
            let origin = self.origin_of_level(rule.name, relative);
            let _ = writeln!(text, "  {:width$}  {name:7}  {origin}", rule.name);
        }
        self.describe_acceptances(relative, &mut text);
        text
    }

    /// Whose entries these are: the lines of the configuration by what they say.
    fn written(&self) -> Option<&Written> {
        self.written.as_deref()
    }

    fn profile(&self) -> (String, String) {
        match self.written().and_then(|own| Some((own, own.file.profile.as_ref()?))) {
            Some((own, profile)) => (own.words(profile), own.line(profile)),
            None => ("plain".to_owned(), DEFAULT.to_owned()),
        }
    }

    /// Whence something is that the profile sets.
    fn by_profile(&self) -> String {
        let (profile, line) = self.profile();
        format!("profile {profile}, {line}")
    }

    fn language(&self) -> (String, String) {
        let own = self.written().and_then(|own| Some((own, own.file.language.as_ref()?)));
        match (&self.settings.language, own) {
            (Some(language), Some((own, tag))) => (language.code().to_owned(), own.line(tag)),
            (Some(language), None) => (language.code().to_owned(), self.by_profile()),
            (None, Some((own, tag))) => {
                let value = format!("{} (not known; as the text has it)", own.words(tag));
                (value, own.line(tag))
            }
            (None, None) => ("as the text has it".to_owned(), DEFAULT.to_owned()),
        }
    }

    fn links(&self) -> (String, String) {
        self.set_by_profile(
            self.settings.links_name_files,
            ["must name a file", "may name a folder"],
        )
    }

    fn pointers(&self) -> (String, String) {
        self.set_by_profile(
            self.settings.pointers_must_lead,
            ["must lead somewhere", "may lead elsewhere"],
        )
    }

    fn notation(&self) -> (String, String) {
        self.set_by_profile(
            self.settings.is_of_gutenberg,
            ["of Project Gutenberg", "of the format"],
        )
    }

    /// What only a profile sets, in words for whether it has.
    fn set_by_profile(&self, is_set: bool, [set, not]: [&str; 2]) -> (String, String) {
        match is_set {
            true => (set.to_owned(), self.by_profile()),
            false => (not.to_owned(), DEFAULT.to_owned()),
        }
    }

    fn quotes(&self) -> (String, String) {
        match self.written().and_then(|own| Some((own, own.file.quotes.style.as_ref()?))) {
            Some((own, style)) => (own.words(style), own.line(style)),
            None => ("auto".to_owned(), DEFAULT.to_owned()),
        }
    }

    fn scheme(&self) -> (String, String) {
        match self.written().and_then(|own| Some((own, own.file.figures.scheme.as_ref()?))) {
            Some((own, scheme)) => (scheme.get_ref().clone(), own.line(scheme)),
            None => ("none".to_owned(), DEFAULT.to_owned()),
        }
    }

    fn authority_in_words(&self) -> (String, String) {
        let figures = self.authority.figures().len();
        let named = self.written().map(|own| (own, &own.file.figures.files));
        let origin = match named.and_then(|(own, files)| Some((own, files.first()?))) {
            Some((own, first)) => own.line(first),
            None => DEFAULT.to_owned(),
        };
        let files: Vec<String> = if self.authority.is_builtin {
            vec!["the starter authority".to_owned()]
        } else {
            let there = self.authority_files.iter().filter(|path| path.is_file());
            there.map(|path| self.relative(path).display().to_string()).collect()
        };
        if files.is_empty() {
            return ("none".to_owned(), origin);
        }
        let unit = if figures == 1 { "figure" } else { "figures" };
        (format!("{}, {figures} {unit}", files.join(", ")), origin)
    }

    /// Whether the file is checked when its folder is, and which pattern says so.
    fn inclusion(&self, relative: &Path) -> (String, String) {
        let value = if self.includes(relative) { "yes" } else { "no" };
        let Some(own) = self.written() else {
            return (value.to_owned(), DEFAULT.to_owned());
        };
        let files = &own.file.files;
        let found = matching(&files.exclude, relative).map(|pattern| ("exclude", pattern));
        let found = found.or_else(|| Some(("include", matching(&files.include, relative)?)));
        let origin = match (found, files.include.first()) {
            (Some((key, pattern)), _) => {
                format!("{key} \"{}\", {}", pattern.get_ref(), own.line(pattern))
            }
            (None, Some(first)) => format!("no pattern of include, {}", own.line(first)),
            (None, None) => DEFAULT.to_owned(),
        };
        (value.to_owned(), origin)
    }

    /// The last word on a rule's severity: that of an override, of `[rules]` or of the program.
    fn origin_of_level(&self, rule: &str, relative: Option<&Path>) -> String {
        let Some(own) = self.written() else {
            return DEFAULT.to_owned();
        };
        let overrides = own.file.overrides.iter().zip(&self.overrides).rev();
        let mut of_override = overrides
            .filter(|(_, (globs, _))| relative.is_some_and(|path| globs.is_match(path)))
            .filter_map(|(part, _)| part.rules.keys().find(|name| name.get_ref() == rule));
        if let Some(name) = of_override.next() {
            return format!("[[override]], {}", own.line(name));
        }
        match own.file.rules.keys().find(|name| name.get_ref() == rule) {
            Some(name) => format!("[rules], {}", own.line(name)),
            None => DEFAULT.to_owned(),
        }
    }

    fn describe_acceptances(&self, relative: Option<&Path>, text: &mut String) {
        let Some(own) = self.written() else {
            return;
        };
        let concerns = |accept: &&super::Accept| relative.is_none_or(|path| accept.concerns(path));
        let mut title = "accepted\n";
        for accept in self.accepts.iter().filter(concerns) {
            let words = accept.text.as_ref().map(|words| format!(" “{words}”"));
            let words = words.unwrap_or_default();
            let _ =
                writeln!(text, "{title}  {}{words}  {}", accept.rule, own.line_of(accept.place));
            title = "";
        }
    }
}

/// The first pattern that fits a file.
fn matching<'p>(patterns: &'p [Spanned<String>], file: &Path) -> Option<&'p Spanned<String>> {
    patterns.iter().find(|pattern| {
        Glob::new(pattern.get_ref()).is_ok_and(|glob| glob.compile_matcher().is_match(file))
    })
}

impl Written {
    /// A word as it is written, without its quotation marks.
    fn words<T>(&self, value: &Spanned<T>) -> String {
        let words = &self.text[value.span()];
        words.trim_matches(['"', '\'']).to_owned()
    }

    fn line<T>(&self, value: &Spanned<T>) -> String {
        self.line_of(Span::from(value.span()))
    }

    fn line_of(&self, span: Span) -> String {
        format!("line {}", self.lines.line_of(span.start) + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of a description, each without the space between its columns.
    fn described(source: &str, file: &str) -> Vec<String> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("rubricator.toml");
        std::fs::write(&path, source).expect("written");
        let config = Config::load(&path).expect("a good configuration");
        let described = config.describe(Some(&folder.path().join(file)));
        let squeezed = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        described.lines().map(squeezed).collect()
    }

    fn has(lines: &[String], wanted: &str) {
        assert!(lines.iter().any(|line| line == wanted), "{wanted} is not in {lines:#?}");
    }

    #[test]
    fn each_part_says_where_it_is_from() {
        let source = "\
profile = 'mia'

[files]
include = ['**/*.txt']
exclude = ['drafts/**']
[figures]
scheme = 'ala-lc'
builtin = false
[quotes]
style = \"double\"
[rules]
name-variant = 'error'
[[override]]
files = ['letters/**']
rules = { unused-note = 'off', name-variant = 'error' }
[[accept]]
file = 'letters/*.txt'
rule = 'name-misprint'
text = 'Lennin'
[[accept]]
file = 'other.txt'
rule = 'name-misprint'
";
        let lines = described(source, "letters/a.txt");
        has(&lines, "profile mia line 1");
        has(&lines, "language en profile mia, line 1");
        has(&lines, "links must name a file profile mia, line 1");
        has(&lines, "pointers may lead elsewhere default");
        has(&lines, "quotes double line 10");
        has(&lines, "scheme ala-lc line 7");
        has(&lines, "authority none default");
        has(&lines, "included yes include \"**/*.txt\", line 4");
        // An override that says the same as the rest is still where it is from.
        has(&lines, "name-variant error [[override]], line 15");
        has(&lines, "unused-note off [[override]], line 15");
        has(&lines, "unbalanced-quotes warning default");
        has(&lines, "name-misprint “Lennin” line 17");
        assert!(!lines.iter().any(|line| line == "name-misprint line 21"), "{lines:#?}");

        let lines = described(source, "drafts/a.txt");
        has(&lines, "included no exclude \"drafts/**\", line 5");
        has(&lines, "name-variant error [rules], line 12");
        has(&described(source, "a.md"), "included no no pattern of include, line 4");
    }

    #[test]
    fn what_nobody_has_set_is_the_default() {
        let lines = described("", "a.txt");
        for wanted in [
            "profile plain default",
            "language as the text has it default",
            "quotes auto default",
            "scheme none default",
            "included yes default",
        ] {
            has(&lines, wanted);
        }
        has(&described("language = 'de'\n", "a.txt"), "language de line 1");
        let tei = described("profile = 'tei'\n", "a.xml");
        has(&tei, "pointers must lead somewhere profile tei, line 1");
        let gutenberg = described("profile = 'gutenberg'\n", "a.txt");
        has(&gutenberg, "notation of Project Gutenberg profile gutenberg, line 1");
    }
}
