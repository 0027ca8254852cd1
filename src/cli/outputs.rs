//! Which `--format` goes to which `--output`.

use std::path::PathBuf;

use clap::ArgMatches;

use crate::batch::{Destination, Format};

/// One of the two options, as it stands on the command line.
enum Given {
    Format(Format),
    File(PathBuf),
}

/// Pairs the formats with the files: a file belongs to the format before it, and a format
/// without a file goes to standard output. A single pair may stand in either order.
///
/// # Errors
/// What is wrong with the command line.
pub(super) fn destinations(matches: &ArgMatches) -> Result<Vec<Destination>, String> {
    let mut given: Vec<(usize, Given)> = Vec::new();
    let formats = matches.get_many::<Format>("format").into_iter().flatten();
    let places = matches.indices_of("format").into_iter().flatten();
    given.extend(places.zip(formats.map(|format| Given::Format(*format))));
    let files = matches.get_many::<PathBuf>("output").into_iter().flatten();
    let places = matches.indices_of("output").into_iter().flatten();
    given.extend(places.zip(files.map(|file| Given::File(file.clone()))));
    given.sort_by_key(|(place, _)| *place);
    let given: Vec<Given> = given.into_iter().map(|(_, given)| given).collect();
    pair(given)
}

fn pair(given: Vec<Given>) -> Result<Vec<Destination>, String> {
    let mut destinations: Vec<Destination> = Vec::new();
    let mut early = None;
    for one in given {
        match one {
            Given::Format(format) => destinations.push(Destination { format, file: early.take() }),
            Given::File(file) => match destinations.last_mut() {
                Some(last) if last.file.is_none() => last.file = Some(file),
                None if early.is_none() => early = Some(file),
                _ => return Err(format!("--output {} has no --format before it", file.display())),
            },
        }
    }
    if destinations.is_empty() {
        destinations.push(Destination { format: Format::Full, file: early });
    }
    if destinations.iter().filter(|destination| destination.file.is_none()).count() > 1 {
        return Err("only one --format can go to standard output; give the others an --output \
                    each, behind them"
            .to_owned());
    }
    Ok(destinations)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `a:f` is a format that goes to a file, `a` one that goes to standard output.
    fn paired(arguments: &str) -> Result<String, String> {
        let given = arguments.split_whitespace().map(|word| match word {
            "sarif" => Given::Format(Format::Sarif),
            "full" => Given::Format(Format::Full),
            file => Given::File(PathBuf::from(file)),
        });
        let shown = pair(given.collect())?.into_iter().map(|Destination { format, file }| {
            let file = file.map(|file| format!(":{}", file.display())).unwrap_or_default();
            format!("{}{file}", format.name())
        });
        Ok(shown.collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn a_file_belongs_to_the_format_before_it() {
        assert_eq!(paired("").as_deref(), Ok("full"));
        assert_eq!(paired("x").as_deref(), Ok("full:x"));
        assert_eq!(paired("sarif x").as_deref(), Ok("sarif:x"));
        assert_eq!(paired("x sarif").as_deref(), Ok("sarif:x"));
        assert_eq!(paired("full sarif x").as_deref(), Ok("full sarif:x"));
        assert_eq!(paired("sarif x full").as_deref(), Ok("sarif:x full"));
        assert_eq!(paired("sarif x full y").as_deref(), Ok("sarif:x full:y"));
        assert!(paired("sarif full").is_err());
        assert!(paired("sarif x y").is_err());
    }
}
