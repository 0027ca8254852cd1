//! The command line: every flag once, with its help.

mod outputs;
mod usage;

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::batch::{self, CheckOptions, Color, Destination, FailOn, Format, ListFormat};
use crate::config::{self, Config};
use crate::corpus::analyse;
use crate::figures::Exchange;
use crate::text::SourceFile;
use crate::{figures, markup, quotes, rules, server};

const STATUSES: &str = "\
Exit status: 0 if there is nothing to report, 1 if there are findings, 2 if the run itself went wrong, \
130 if it was interrupted.";

/// Proofreads transcriptions: quotation marks, names, references.
#[derive(Debug, Parser)]
#[command(name = "rubricator", version, max_term_width = 100, after_help = STATUSES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check files and folders
    Check(Box<CheckArgs>),
    /// Run the language server on standard input and output
    Server,
    /// Show the nesting of quotations in a file as a tree
    Quotes {
        /// The file; `-` for standard input
        file: PathBuf,
        /// The name that text from standard input is read under
        #[arg(long, value_name = "NAME")]
        stdin_filename: Option<PathBuf>,
    },
    /// Work with names
    #[command(subcommand)]
    Names(NamesCommand),
    /// Work with the authority
    #[command(subcommand)]
    Figures(FiguresCommand),
    /// Work with references
    #[command(subcommand)]
    References(ReferencesCommand),
    /// Work with the configuration
    #[command(subcommand)]
    Config(ConfigCommand),
    /// List the rules, or explain one
    Rule {
        /// The rule to explain
        name: Option<String>,
    },
    /// Write a starter rubricator.toml and figures.toml
    Init,
    /// Print the completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page, in troff
    Man,
}

#[derive(Debug, Subcommand)]
enum NamesCommand {
    /// Compare pairs of names, one TAB-separated pair a line on standard input
    Compare,
}

#[derive(Debug, Subcommand)]
enum FiguresCommand {
    /// List the figures that apply here, one a line
    List {
        /// Print them as JSON, one object a line
        #[arg(long, value_parser = ["jsonl"])]
        format: Option<String>,
    },
    /// Show a figure: all that is known, and its spelling by every scheme
    Show {
        /// The figure's id or its name
        figure: String,
    },
    /// Draft entries for the persons whom the texts name often and the authority does not know
    Suggest {
        #[command(flatten)]
        files: ListArgs,
    },
    /// Write a page that shows who is named where, and in which spelling
    Report {
        /// The page to write, `figures.html` for example
        page: PathBuf,
        #[command(flatten)]
        files: ListArgs,
    },
    /// Add the figures of a TEI personography, a table or Wikidata's JSON to figures.toml
    Import {
        /// The file to read: .xml, .csv or .json
        file: PathBuf,
        /// The format, where the ending does not tell it
        #[arg(long, value_enum)]
        format: Option<Exchange>,
        /// The authority to add to
        #[arg(long, value_name = "FILE", default_value = "figures.toml")]
        to: PathBuf,
    },
    /// Print the figures that apply here in a format for exchange
    Export {
        /// The format
        #[arg(long, value_enum, default_value_t = Exchange::Tei)]
        format: Exchange,
    },
    /// List every mention with its figure
    Mentions {
        #[command(flatten)]
        files: ListArgs,
        /// How the list is printed
        #[arg(long, value_enum, default_value_t = ListFormat::Jsonl)]
        format: ListFormat,
    },
}

#[derive(Debug, Subcommand)]
enum ReferencesCommand {
    /// List every reference into the corpus with its target
    List {
        #[command(flatten)]
        files: ListArgs,
        /// How the list is printed
        #[arg(long, value_parser = ["jsonl"], default_value = "jsonl")]
        format: String,
    },
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Print the JSON schema of rubricator.toml, for editors
    Schema,
    /// Show the configuration that applies, and where each part is from
    Show {
        /// The file it is asked for; without one, this folder
        file: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
struct ListArgs {
    /// Files and folders
    #[arg(default_value = ".", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Use this configuration for all files
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct CheckArgs {
    /// Files and folders to check; `-` for standard input
    #[arg(default_value = ".", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Also check the files that are listed in this file, one a line or each before a NUL; `-` for
    /// standard input. What is no text is passed over
    #[arg(long, value_name = "FILE")]
    files_from: Option<PathBuf>,
    /// How findings are printed [default: full]; several, if each but one has an --output
    #[arg(long, value_enum, action = clap::ArgAction::Append)]
    format: Vec<Format>,
    /// Write the findings of the --format before it to a file instead of standard output
    #[arg(long, short, value_name = "FILE", action = clap::ArgAction::Append)]
    output: Vec<PathBuf>,
    /// Check only these rules
    #[arg(long, value_delimiter = ',', value_name = "RULE")]
    select: Vec<String>,
    /// Leave these rules out
    #[arg(long, value_delimiter = ',', value_name = "RULE")]
    ignore: Vec<String>,
    /// The least severity that makes the run fail (exit status 1)
    #[arg(long, value_enum, default_value_t = FailOn::Warning, value_name = "SEVERITY")]
    fail_on: FailOn,
    /// Apply the fixes that are safe
    #[arg(long)]
    fix: bool,
    /// Show what --fix would change, and change nothing
    #[arg(long, conflicts_with = "fix")]
    diff: bool,
    /// With --fix or --diff: also the fixes that may change what the text says
    #[arg(long)]
    unsafe_fixes: bool,
    /// Report only on lines that changed since this Git revision
    #[arg(long, value_name = "REV", conflicts_with = "write_baseline")]
    since: Option<String>,
    /// The name that text from standard input is checked under
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<PathBuf>,
    /// Use this configuration for all files
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Report only what this file of known findings does not have
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write all findings to a file of known ones instead of reporting them
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "fix", "diff"])]
    write_baseline: Option<PathBuf>,
    /// How many files are checked at once
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// Neither read nor write `.rubricator_cache`, where a run finds what earlier ones found out
    #[arg(long)]
    no_cache: bool,
    /// Count the findings by rule, file and figure instead of printing them
    #[arg(long)]
    statistics: bool,
    /// Print findings only, no summary
    #[arg(long, short)]
    quiet: bool,
    /// Show no progress bar
    #[arg(long)]
    no_progress: bool,
    /// When to use colours
    #[arg(long, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    color: Color,
}

/// The program: reads the command line, runs the command, gives the exit status.
pub fn run() -> ExitCode {
    let parsed = Cli::command().try_get_matches().and_then(|matches| {
        let cli = Cli::from_arg_matches(&matches)?;
        Ok((cli, matches))
    });
    let (cli, matches) = match parsed {
        Ok(parsed) => parsed,
        Err(error) if is_help(&error) => {
            // A closed pipe under `--help` is no failure.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
        Err(error) => return fail(&usage::one_line(&error)),
    };
    match cli.command {
        Command::Check(args) => match matches.subcommand() {
            Some((_, matches)) => check(*args, matches),
            None => fail("no command was given"),
        },
        Command::Server => server::run(),
        Command::Quotes { file, stdin_filename } => quotes_tree(&file, stdin_filename.as_deref()),
        Command::Names(NamesCommand::Compare) => compare_names(),
        Command::Figures(command) => figures(command),
        Command::References(ReferencesCommand::List { files, format: _ }) => {
            batch::list_references(files.paths, files.config)
        }
        Command::Config(ConfigCommand::Schema) => print(&config::schema()),
        Command::Config(ConfigCommand::Show { file }) => config_show(file.as_deref()),
        Command::Rule { name } => rule(name.as_deref()),
        Command::Init => init(Path::new(".")),
        Command::Completions { shell } => completions(shell),
        Command::Man => man(),
    }
}

/// Whether the text of an error is what was asked for, or all that can be said to a bare command.
fn is_help(error: &clap::Error) -> bool {
    use clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
    !error.use_stderr() || error.kind() == DisplayHelpOnMissingArgumentOrSubcommand
}

/// What is wrong with options that are right by themselves, one cause a line.
fn contradictions(args: &CheckArgs) -> String {
    let mut causes = Vec::new();
    for (option, names) in [("--select", &args.select), ("--ignore", &args.ignore)] {
        for name in names.iter().filter(|name| rules::find(name).is_none()) {
            causes.push(match name.as_str() {
                "" => format!("{option} names no rule; `rubricator rule` lists them"),
                name => format!("{option}: {}", config::unknown_rule(name)),
            });
        }
    }
    if args.unsafe_fixes && !args.fix && !args.diff {
        causes
            .push("--unsafe-fixes says which fixes --fix or --diff makes; give one of them".into());
    }
    if args.stdin_filename.is_some() && !args.paths.iter().any(|path| path == Path::new("-")) {
        causes.push(STDIN_FILENAME_ALONE.into());
    }
    causes.join("\n")
}

const STDIN_FILENAME_ALONE: &str =
    "--stdin-filename names the text of standard input; ask for that with `-`";

fn check(args: CheckArgs, matches: &ArgMatches) -> ExitCode {
    let wrong = contradictions(&args);
    if !wrong.is_empty() {
        return fail(&wrong);
    }
    let outputs = match outputs::destinations(matches) {
        Ok(outputs) => outputs,
        Err(message) => return fail(&message),
    };
    let counted = outputs.iter().find(|output| args.statistics && !output.format.has_counts());
    if let Some(Destination { format, .. }) = counted {
        return fail(&format!("--statistics has no {}; there is full, json, jsonl", format.name()));
    }
    let (mut paths, mut listed) = (args.paths, Vec::new());
    if let Some(list) = &args.files_from {
        match files_of(list) {
            Ok(files) => listed = files,
            Err(message) => return fail(&message),
        }
        // The folder that stands for no paths at all is not meant beside a list.
        if paths == [Path::new(".")] {
            paths.clear();
        }
    }
    batch::check(&CheckOptions {
        paths,
        listed,
        outputs,
        select: args.select,
        ignore: args.ignore,
        fail_on: args.fail_on,
        fix: args.fix,
        diff: args.diff,
        unsafe_fixes: args.unsafe_fixes,
        since: args.since,
        stdin_filename: args.stdin_filename,
        config: args.config,
        baseline: args.baseline,
        write_baseline: args.write_baseline,
        jobs: args.jobs,
        cache: !args.no_cache,
        statistics: args.statistics,
        quiet: args.quiet,
        progress: !args.no_progress,
        color: args.color,
    })
}

/// The paths that a file lists: one a line or, if there is a NUL in it, one before each NUL, as
/// `git ls-files -z` and `find -print0` write them. Empty ones count for nothing.
fn files_of(list: &Path) -> Result<Vec<PathBuf>, String> {
    let read = match list == Path::new("-") {
        true => standard_input(),
        false => fs::read(list),
    };
    let bytes = read.map_err(|error| batch::file_error(list, &error))?;
    let has_nul = bytes.contains(&0);
    let names = bytes.split(|byte| *byte == if has_nul { 0 } else { b'\n' });
    let names =
        names.map(|name| if has_nul { name } else { name.strip_suffix(b"\r").unwrap_or(name) });
    names.filter(|name| !name.is_empty()).map(|name| path_of(list, name)).collect()
}

/// The path with a name as it stands in a list.
#[cfg(unix)]
fn path_of(_list: &Path, name: &[u8]) -> Result<PathBuf, String> {
    use std::os::unix::ffi::OsStrExt as _;
    Ok(PathBuf::from(std::ffi::OsStr::from_bytes(name)))
}

#[cfg(not(unix))]
fn path_of(list: &Path, name: &[u8]) -> Result<PathBuf, String> {
    let name = config::utf8(list, name.to_vec()).map_err(|error| error.to_string())?;
    Ok(PathBuf::from(name))
}

/// All bytes of standard input.
fn standard_input() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn completions(shell: clap_complete::Shell) -> ExitCode {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "rubricator", &mut script);
    print(&String::from_utf8_lossy(&script))
}

/// One page for the program and all its commands.
fn man() -> ExitCode {
    let mut page = Vec::new();
    let mut command = Cli::command();
    command.build();
    match write_man(&command, &mut page) {
        Ok(()) => print(&String::from_utf8_lossy(&page)),
        Err(error) => fail(&error.to_string()),
    }
}

fn write_man(command: &clap::Command, page: &mut Vec<u8>) -> io::Result<()> {
    let man = clap_mangen::Man::new(command.clone());
    man.render_title(page)?;
    man.render_name_section(page)?;
    man.render_synopsis_section(page)?;
    man.render_description_section(page)?;
    man.render_options_section(page)?;
    man.render_extra_section(page)?;
    write_man_of_commands(command, page)?;
    man.render_version_section(page)
}

/// Every command that can be run, with those below it.
fn write_man_of_commands(parent: &clap::Command, page: &mut Vec<u8>) -> io::Result<()> {
    for command in parent.get_subcommands().filter(|one| one.get_name() != "help") {
        if command.has_subcommands() {
            write_man_of_commands(command, page)?;
            continue;
        }
        let name = command.get_bin_name().unwrap_or(command.get_name());
        writeln!(page, ".SH \"{}\"", name.to_uppercase())?;
        let man = clap_mangen::Man::new(command.clone());
        let mut sections = b"\n".to_vec();
        man.render_synopsis_section(&mut sections)?;
        man.render_description_section(&mut sections)?;
        man.render_options_section(&mut sections)?;
        // Their headings are one step lower here.
        let sections = String::from_utf8_lossy(&sections).replace("\n.SH ", "\n.SS ");
        page.extend_from_slice(sections.trim_start().as_bytes());
    }
    Ok(())
}

fn quotes_tree(path: &Path, stdin_filename: Option<&Path>) -> ExitCode {
    if stdin_filename.is_some() && path != Path::new("-") {
        return fail(STDIN_FILENAME_ALONE);
    }
    let file = match read(path) {
        Ok(file) => file,
        Err(message) => return fail(&message),
    };
    let path = stdin_filename.unwrap_or(path);
    let format = markup::Format::of_path(path).unwrap_or_default();
    if let Some(message) = markup::foreign(&file.text, format) {
        return fail(&format!("{}: {message}", path.display()));
    }
    let config = match config_for(path) {
        Ok(config) => config,
        Err(message) => return fail(&message),
    };
    let analysis = analyse(file.text, format, config.settings(path));
    print(&quotes::tree::render(&analysis.source, &analysis.document, &analysis.quotes))
}

fn config_for(path: &Path) -> Result<Config, String> {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let folder = absolute.parent().unwrap_or(Path::new("/")).to_owned();
    match config::find(&folder) {
        Some(found) => Config::load(&found).map_err(|errors| {
            errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
        }),
        None => Config::defaults(&folder).map_err(|errors| {
            errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
        }),
    }
}

fn read(path: &Path) -> Result<SourceFile, String> {
    let read = match path == Path::new("-") {
        true => standard_input(),
        false => fs::read(path),
    };
    let bytes = read.map_err(|error| batch::file_error(path, &error))?;
    SourceFile::decode(&bytes).map_err(|error| format!("{}: {error}", path.display()))
}

fn compare_names() -> ExitCode {
    let input = io::stdin().lock();
    let output = io::BufWriter::new(io::stdout().lock());
    match crate::names::compare_lines(input, output) {
        Ok(no_pairs) if no_pairs.is_empty() => ExitCode::SUCCESS,
        Ok(no_pairs) => {
            let told = no_pairs.iter().map(|line| {
                format!("standard input:{line}: two names divided by a TAB are expected")
            });
            fail(&told.collect::<Vec<_>>().join("\n"))
        }
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => fail(&error.to_string()),
    }
}

fn figures(command: FiguresCommand) -> ExitCode {
    match command {
        FiguresCommand::Mentions { files, format } => {
            batch::list_mentions(files.paths, files.config, format)
        }
        FiguresCommand::Report { page, files } => {
            batch::report_figures(&page, files.paths, files.config)
        }
        FiguresCommand::Suggest { files } => batch::suggest_figures(files.paths, files.config),
        FiguresCommand::Import { file, format, to } => {
            // What the configuration has wrong is for other commands to tell; the file may be
            // one that is not there yet.
            let config = config_for(&to).map(|config| config.authority);
            let others = config.ok().filter(|authority| !authority.is_builtin).unwrap_or_default();
            match batch::import_figures(&file, format, &to, &others) {
                Ok(summary) => print(&summary),
                Err(message) => fail(&message),
            }
        }
        FiguresCommand::Export { format } => match config_for(Path::new("figures.toml")) {
            Ok(config) => print(&format.write(config.authority.figures())),
            Err(message) => fail(&message),
        },
        FiguresCommand::List { format } => match config_for(Path::new("figures.toml")) {
            Ok(config) if format.is_some() => print(&figures::list_jsonl(&config.authority)),
            Ok(config) => print(&figures::list(&config.authority)),
            Err(message) => fail(&message),
        },
        FiguresCommand::Show { figure } => match config_for(Path::new("figures.toml")) {
            Ok(config) => match figures::show(&config.authority, &figure) {
                Some(card) => print(&card),
                None => fail(&format!(
                    "there is no figure `{figure}`; `rubricator figures list` shows them all"
                )),
            },
            Err(message) => fail(&message),
        },
    }
}

fn config_show(file: Option<&Path>) -> ExitCode {
    match config_for(file.unwrap_or(Path::new("-"))) {
        Ok(config) => print(&config.describe(file)),
        Err(message) => fail(&message),
    }
}

fn rule(name: Option<&str>) -> ExitCode {
    let Some(name) = name else {
        let width = rules::RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
        let lines: Vec<_> = rules::RULES
            .iter()
            .map(|rule| {
                let level = rule.default.map_or("off", |severity| severity.name());
                format!("{:width$}  {level:7}  {}\n", rule.name, rule.summary)
            })
            .collect();
        return print(&lines.concat());
    };
    match rules::find(name) {
        Some(rule) => {
            let level = rule.default.map_or("off", |severity| severity.name());
            let head = format!("# {}\n\n{} (default: {level})\n\n", rule.name, rule.summary);
            print(&(head + rule.explanation))
        }
        None => fail(&config::unknown_rule(name)),
    }
}

const STARTER_CONFIG: &str = "\
# Rubricator reads this file for every text below this folder.
# All keys are optional; `rubricator rule` lists the rules.

[files]
# include = [\"texts/**\"]   # without it every file that ends in ENDINGS
exclude = []

[figures]
files = [\"figures.toml\"]

[quotes]
style = \"auto\"        # single, double, guillemets, german …

[rules]
# name-variant = \"error\"
";

const STARTER_FIGURES: &str = "\
# The figures that these texts name. `name` is how the corpus writes them. This file takes the
# place of the starter authority, which serves where there is none: what you want to keep of
# that one must stand here.

[[figure]]
id = \"khrushchev\"
name = \"Nikita Khrushchev\"
family = \"Khrushchev\"
given = \"Nikita Sergeyevich\"
native = \"Никита Сергеевич Хрущёв\"
language = \"ru\"
variants = [\"Krushchev\"]
born = \"1894-04-15\"
died = \"1971-09-11\"
role = \"First Secretary of the CPSU, 1953–1964\"
";

/// Writes the starter files; one that exists is left as it is.
fn init(folder: &Path) -> ExitCode {
    let endings: Vec<_> = markup::Format::endings().map(|ending| format!(".{ending}")).collect();
    let config = STARTER_CONFIG.replace("ENDINGS", &endings.join(", "));
    for (name, text) in [(config::CONFIG_NAME, &*config), ("figures.toml", STARTER_FIGURES)] {
        let path = folder.join(name);
        let written = fs::OpenOptions::new().write(true).create_new(true).open(&path);
        let message = match written.and_then(|mut file| file.write_all(text.as_bytes())) {
            Ok(()) => format!("wrote {name}\n"),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                format!("{name} is there already and was left as it is\n")
            }
            Err(error) => return fail(&format!("{name} cannot be written: {error}")),
        };
        print(&message);
    }
    ExitCode::SUCCESS
}

fn print(text: &str) -> ExitCode {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => fail(&error.to_string()),
        _ => ExitCode::SUCCESS,
    }
}

/// Says what went wrong, one cause a line.
fn fail(message: &str) -> ExitCode {
    for cause in message.lines() {
        let _ = writeln!(io::stderr().lock(), "rubricator: {cause}");
    }
    ExitCode::from(2)
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(self.name()))
    }
}
