#!/usr/bin/env python3
"""The reports for other programs, each held against its schema and against `--format jsonl`.

Run as `reports.py PROGRAM SEEDS SCHEMAS`: the program, the folder of sample texts, and a folder with
the schemas that others publish (`sarif.json`, `JUnit.xsd`, `jenkins-junit.xsd`). What nobody publishes
as a schema stands in `reports/`. Needs `jsonschema` with its checks of formats, and `lxml`.
"""

import collections
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import urllib.parse
from pathlib import Path

import jsonschema
from lxml import etree

HERE = Path(__file__).parent / "reports"
FORMATS = "full concise json jsonl sarif github gitlab junit checkstyle".split()

failures = []


def check(name, work):
    try:
        work()
        print(f"ok   {name}")
    except Exception as error:  # noqa: BLE001 - whatever is wrong is told, and the next is tried
        failures.append(name)
        print(f"FAIL {name}: {type(error).__name__}: {str(error)[:2000]}")


def same(found, wanted):
    found, wanted = list(found), list(wanted)
    for number, (one, other) in enumerate(zip(found, wanted)):
        assert one == other, f"number {number} is\n  {one!r} and not\n  {other!r}"
    assert len(found) == len(wanted), f"{len(found)} and not {len(wanted)}"


# ---------------------------------------------------------------- what is checked

PROSE = "He spoke of the ’rule of law’ and went away, and that was all that was heard of it.\n"

NAMES = [
    "a b.txt", "R&D <draft> \"x\".txt", "O'Neil.txt", "Übergröße – Ж.txt", "100%.txt", "%41.txt",
    "a,b:c=d.txt", "line\nbreak.txt", "tab\there.txt", "-dash.txt", "[x]{y}*.txt", "#hash?.txt",
    "back\\slash.txt", "tick`pipe|.txt", "bell\x07.txt", "deep/er/file:/x.txt", "a::b.txt",
]

CONFIG = """\
language = "en"
[rules]
quote-direction = "error"
link-target = "info"
unbalanced-quotes = "warning"
[[accept]]
file = "nowhere/*.txt"
rule = "quote-direction"
reason = "it reports that it is not needed"
"""


def nasty(folder):
    """Texts with everything in their names and words that a report has to escape."""
    for name in NAMES:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PROSE)
    (folder / "control.txt").write_text(
        "A bell \x07, an escape \x1b[31m, a tab \t and ‘so.\n\n"
        f"One\u2028two\x85three \ufffe\uffff {PROSE}\n", newline=""
    )
    (folder / "wide.txt").write_text(f"𝄞𝄞 ‘so.\n\n😀 {PROSE}", "utf-16")
    (folder / "bom.txt").write_text(f"\ufeff{PROSE}".replace("\n", "\r\n"), newline="")
    (folder / "links.md").write_text(
        "See [one](<no file & \"quotes\" \\<'%25,:]]\\>.md>), [two](<no\x07bell\x1b.md>), [three](nö—Ж.md),\n"
        "[four](a%0Ab.md), [five](</a::b,c=d%.md>) and [six](#no&amp;where).[^x&y]\n"
    )
    (folder / "tei.xml").write_text(
        "<TEI xmlns='http://www.tei-c.org/ns/1.0'><text><body><p>It is <ref target='#a&amp;b&lt;c'>there"
        "</ref>, he said.</p><p>" + PROSE.strip() + "</p></body></text></TEI>\n"
    )
    (folder / "two lines.txt").write_text("It was Nikita\nKruschev who said so, and Khrushchev agreed.\n")
    (folder / "binary.txt").write_bytes(b"a\0b")
    (folder / "bad.txt").write_bytes(b"\xff\xfea\0b")
    (folder / "latin.txt").write_bytes(PROSE.encode("cp1252"))
    (folder / "dangling.txt").symlink_to("nowhere.txt")
    (folder / "rubricator.toml").write_text(CONFIG)


def run(program, folder, *arguments, **environment):
    return subprocess.run(
        [program, "check", "--no-progress", "--no-cache", *arguments], cwd=folder, capture_output=True,
        env={**os.environ, **environment}, timeout=120,
    )


class Reports:
    """All formats of one run over a folder."""

    def __init__(self, program, folder, *paths):
        self.folder = folder
        with tempfile.TemporaryDirectory() as out:
            files = {name: Path(out) / name for name in FORMATS}
            summary = Path(out) / "summary"
            wanted = [word for name, file in files.items() for word in ("--format", name, "--output", file)]
            ended = run(program, folder, *wanted, *paths, GITHUB_STEP_SUMMARY=str(summary))
            self.status, self.said = ended.returncode, ended.stderr.decode()
            assert ended.stdout == b"", ended.stdout
            self.bytes = {name: file.read_bytes() for name, file in files.items()}
            self.summary = summary.read_bytes().decode()
        self.findings = [json.loads(line) for line in self.text("jsonl").split("\n")[:-1]]

    def text(self, name):
        return self.bytes[name].decode()

    def each(self, form):
        return [form(one, one["start"], one["end"]) for one in self.findings]


# ---------------------------------------------------------------- the formats

SEVERITIES = {
    "sarif": {"error": "error", "warning": "warning", "info": "note"},
    "gitlab": {"error": "major", "warning": "minor", "info": "info"},
    "github": {"error": "error", "warning": "warning", "info": "notice"},
}


def jsonl(reports, schemas):
    schema = json.loads((HERE / "finding.schema.json").read_text())
    validator = jsonschema.Draft202012Validator(schema)
    for finding in reports.findings:
        validator.validate(finding)
    same(json.loads(reports.text("json")), reports.findings)
    for finding in reports.findings:
        lies_where_it_says(reports.folder, finding)


def lies_where_it_says(folder, finding):
    """Line, column and offset speak of one place in the bytes on disk."""
    data = (folder / finding["path"]).read_bytes()
    codec = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        codec = "cp1252"
    for place in (finding["start"], finding["end"]):
        before = data[: place["offset"]].decode(codec).removeprefix("\ufeff")
        lines = re.split("\r\n|\r|\n", before)
        assert (len(lines), len(lines[-1]) + 1) == (place["line"], place["column"]), (finding, lines[-1])


def sarif(reports, schemas):
    report = json.loads(reports.text("sarif"))
    schema = json.loads((schemas / "sarif.json").read_text())
    assert "oasis-tcs/sarif-spec" in schema["$id"], schema["$id"]
    formats = jsonschema.Draft7Validator.FORMAT_CHECKER
    assert {"uri", "uri-reference"} <= set(formats.checkers)
    jsonschema.Draft7Validator(schema, format_checker=formats).validate(report)
    (run,) = report["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert all(rule["help"]["text"] and rule["help"]["markdown"] for rule in rules)

    def path(artifact):
        uri = urllib.parse.urlsplit(artifact["uri"])
        assert not (uri.scheme or uri.netloc or uri.query or uri.fragment), artifact
        return urllib.parse.unquote(uri.path)

    def location(one):
        place = one["physicalLocation"]
        region = place["region"]
        start = {"line": region["startLine"], "column": region["startColumn"], "offset": region["byteOffset"]}
        end = {"line": region["endLine"], "column": region["endColumn"],
               "offset": region["byteOffset"] + region["byteLength"]}
        return path(place["artifactLocation"]), start, end

    def finding(result):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        (place,) = result["locations"]
        related = [(*location(one), one["message"]["text"]) for one in result.get("relatedLocations", [])]
        fixes = [fix["description"]["text"] for fix in result.get("fixes", [])]
        for fix in result.get("fixes", []):
            (change,) = fix["artifactChanges"]
            assert path(change["artifactLocation"]) == location(place)[0]
        return *location(place), result["ruleId"], result["level"], result["message"]["text"], fixes, related

    def wanted(one, start, end):
        related = [(other["path"], other["start"], other["end"], other["message"]) for other in one["related"]]
        fixes = [fix["title"] for fix in one["fixes"]]
        level = SEVERITIES["sarif"][one["severity"]]
        return one["path"], start, end, one["rule"], level, one["message"], fixes, related

    same([finding(one) for one in run["results"]], reports.each(wanted))
    are_different(one["partialFingerprints"]["rubricatorFinding/v1"] for one in run["results"])


def are_different(fingerprints):
    twice = [one for one, count in collections.Counter(fingerprints).items() if count > 1]
    assert not twice, twice


def gitlab(reports, schemas):
    report = json.loads(reports.text("gitlab"))
    assert not reports.bytes["gitlab"].startswith(b"\xef\xbb\xbf"), "GitLab reads no byte-order mark"
    jsonschema.Draft202012Validator(json.loads((HERE / "code-quality.schema.json").read_text())).validate(report)
    same(
        [(one["location"]["path"], one["location"]["lines"], one["check_name"], one["severity"],
          one["description"]) for one in report],
        reports.each(lambda one, start, end: (
            one["path"], {"begin": start["line"], "end": end["line"]}, one["rule"],
            SEVERITIES["gitlab"][one["severity"]], one["message"])),
    )
    are_different(one["fingerprint"] for one in report)


def in_xml(text):
    """What XML can hold of a text, an attribute's value having its line ends and tabs escaped or not."""
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text).replace("\r", "")


def normal(text):
    return re.sub("[\t\n\r]", " ", in_xml(re.sub("[\x7f-\x9f]", "", text)))


def junit(reports, schemas):
    report = etree.fromstring(reports.bytes["junit"])
    for name in ("JUnit.xsd", "jenkins-junit.xsd"):
        etree.XMLSchema(etree.parse(schemas / name)).assertValid(report)
    failures = len(reports.findings)
    for suite in report:
        cases = suite.findall("testcase")
        assert int(suite.get("tests")) == len(cases) > 0
        assert int(suite.get("failures")) == (len(cases) if failures else 0)
    if not failures:
        # A report without any case is a failure to many of its readers.
        same([one.get("name") for one in report.iter("testcase")], ["no findings"])
        return
    same(
        [(normal(one.get("classname")), one.get("name"), one[0].get("type"), normal(one[0].get("message")))
         for one in report.iter("testcase")],
        reports.each(lambda one, start, end: (
            normal(one["path"]), f"{one['rule']} {start['line']}:{start['column']}", one["rule"],
            normal(one["message"]))),
    )


def checkstyle(reports, schemas):
    report = etree.fromstring(reports.bytes["checkstyle"])
    etree.RelaxNG(etree.parse(HERE / "checkstyle.rng")).assertValid(report)
    same(
        [(normal(file.get("name")), int(one.get("line")), int(one.get("column")), one.get("severity"),
          one.get("source"), normal(one.get("message"))) for file in report for one in file],
        reports.each(lambda one, start, end: (
            normal(one["path"]), start["line"], start["column"], one["severity"],
            f"rubricator.{one['rule']}", normal(one["message"]))),
    )


def command(line):
    """A workflow command as the runner takes it apart (ActionCommand.cs of github.com/actions/runner)."""
    assert line.startswith("::"), line
    head, end, data = line[2:].partition("::")
    assert end, line
    name, _, rest = head.partition(" ")
    properties = dict(one.split("=", 1) for one in rest.strip().split(","))

    def plain(text, escapes):
        for written, meant in escapes:
            text = text.replace(written, meant)
        assert not re.search("[\r\n]", line)
        return text

    of_data = [("%0D", "\r"), ("%0A", "\n"), ("%25", "%")]
    of_properties = [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")]
    properties = {key: plain(value, of_properties) for key, value in properties.items()}
    return name, properties, plain(data, of_data)


def github(reports, schemas):
    def annotation(line):
        name, properties, message = command(line)
        assert set(properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}, properties
        # The runner drops the columns of a place that goes over several lines.
        if properties["line"] != properties["endLine"]:
            assert "col" not in properties and "endColumn" not in properties, properties
            columns = None
        else:
            columns = int(properties["col"]), int(properties["endColumn"])
        lines = int(properties["line"]), int(properties["endLine"])
        return name, properties["file"], lines, columns, properties["title"], message

    def wanted(one, start, end):
        lines = start["line"], end["line"]
        columns = (start["column"], end["column"]) if lines[0] == lines[1] else None
        return SEVERITIES["github"][one["severity"]], one["path"], lines, columns, one["rule"], one["message"]

    # .NET ends lines at any of these three.
    lines = re.split("\r\n|\r|\n", reports.text("github"))
    assert lines.pop() == ""
    same(map(annotation, lines), reports.each(wanted))


def summary(reports, schemas):
    """The job summary is Markdown: its tables are counted again."""
    assert reports.summary.startswith("### Rubricator\n\n"), reports.summary
    tables = re.findall(r"^\| (\w+) \| Findings \|\n\| --- \| ---: \|\n((?:\|.*\|\n)+)", reports.summary, re.M)
    tables = {title: re.findall(r"^\| (`+) ?(.+?) ?\1 \| (\d+) \|$", rows, re.M) for title, rows in tables}
    for title, key in (("Rule", "rule"), ("File", "path")):
        counts = collections.Counter(one[key] for one in reports.findings)
        found = sorted((int(count) for _, _, count in tables.get(title, [])), reverse=True)
        most = sorted(counts.values(), reverse=True)
        same(found, most if title == "Rule" else most[:20])
    rules = collections.Counter(one["rule"] for one in reports.findings)
    assert {name: int(count) for _, name, count in tables["Rule"]} == rules


def lines(reports, schemas):
    """`concise` has a line a finding, and neither it nor `full` lets a text speak to the terminal."""
    found = reports.text("concise").split("\n")[:-1]
    same(
        (re.search(r": (\w+\[[a-z-]+\]) ", one)[1] for one in found),
        reports.each(lambda one, start, end: f"{one['severity']}[{one['rule']}]"),
    )
    heads = re.findall(r"^(\w+\[[a-z-]+\]): ", reports.text("full"), re.M)
    heads = [head for head in heads if not head.startswith(("note", "help"))]
    same(heads, reports.each(lambda one, start, end: f"{one['severity']}[{one['rule']}]"))
    for name in ("concise", "full"):
        unseen = re.findall("[^\n\t\x20-\x7e\x80-\U0010ffff]|[\x80-\x9f]", reports.text(name))
        assert not unseen, (name, unseen)


# ---------------------------------------------------------------- what the formats share


def in_order(program, folder):
    """Equal runs give equal reports, whatever the number of threads; findings come by path and place."""
    one, many = (Reports(program, folder, "--jobs", jobs, ".") for jobs in ("1", "4"))
    for name in FORMATS:
        assert one.bytes[name] == many.bytes[name], name
    # What is said of the configuration comes last.
    places = [([part.encode() for part in finding["path"].split("/")], finding["start"]["offset"])
              for finding in one.findings if not finding["path"].endswith(".toml")]
    same(places, sorted(places))


def nothing_found(program, folder, schemas):
    """A report without findings is whole and valid too."""
    (folder / "clean.txt").write_text("It was so.\n")
    reports = Reports(program, folder, "clean.txt")
    assert (reports.status, reports.findings) == (0, []), reports.said
    for form in (jsonl, sarif, gitlab, junit, checkstyle):
        form(reports, schemas)
    assert reports.text("github") == "" and "No findings in 1 file." in reports.summary


def statistics(program, folder, reports):
    ended = run(program, folder, "--statistics", ".")
    sections = dict(re.findall(r"^by (\w+)\n((?:\d+\t.*\n(?:(?!\d+\t|by |\n).*\n)*)+)", ended.stdout.decode(), re.M))
    for title, key in (("rule", "rule"), ("file", "path")):
        rows = re.findall(r"^(\d+)\t", sections[title], re.M)
        counts = collections.Counter(one[key] for one in reports.findings)
        same((int(row) for row in rows), sorted(counts.values(), reverse=True))


def configuration(program, folder):
    """The schema of `rubricator.toml` is one, and says of a file what the program says."""
    schema = json.loads(subprocess.run([program, "config", "schema"], capture_output=True, check=True).stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    (folder / "a.txt").write_text("It was so.\n")
    with tempfile.TemporaryDirectory() as fresh:
        subprocess.run([program, "init"], cwd=fresh, capture_output=True, check=True)
        starter = (Path(fresh) / "rubricator.toml").read_text()
    good = [
        "", CONFIG, starter.replace('files = ["figures.toml"]', ""),
        'profile = "mia"\n[files]\ninclude = ["**/*.txt"]\nexclude = ["drafts/**"]\n'
        '[figures]\nscheme = "bgn-pcgn"\nbuiltin = false\n[quotes]\nstyle = "double"\n'
        '[[override]]\nfiles = ["letters/**"]\nrules = { name-variant = "off" }\n',
    ]
    bad = [
        "[rulez]\n", '[rules]\nname-varient = "off"\n', '[rules]\nname-variant = "of"\n', "[files]\ninclude = 3\n",
        'profile = "mla"\n', '[quotes]\nstyle = "dubble"\n', '[[accept]]\nfile = "a.txt"\n',
        '[[override]]\nrules = { name-variant = "off" }\n', 'language = 3\n', '[files]\ninclude = ["a", 3]\n',
        '[[accept]]\nfile = "a.txt"\nrule = "no-rule"\n', '[figures]\nbuiltin = "yes"\n',
    ]
    for text, is_good in [(text, True) for text in good] + [(text, False) for text in bad]:
        (folder / "rubricator.toml").write_text(text)
        ended = run(program, folder, "-q", "a.txt")
        assert (ended.returncode == 0) == is_good, (text, ended.stderr)
        assert validator.is_valid(tomllib.loads(text)) == is_good, text


def main():
    program, seeds, schemas = (Path(one).resolve() for one in sys.argv[1:])
    with tempfile.TemporaryDirectory() as work:
        work = Path(work).resolve()
        shutil.copytree(seeds, work / "seeds", ignore=shutil.ignore_patterns(".*"))
        (work / "nasty").mkdir()
        nasty(work / "nasty")
        (work / "clean").mkdir()
        (work / "config").mkdir()
        for name in ("seeds", "nasty"):
            reports = Reports(program, work / name, ".")
            assert {one["severity"] for one in reports.findings} >= {"warning"}, reports.said
            for form in (jsonl, sarif, gitlab, junit, checkstyle, github, summary, lines):
                check(f"{name}: {form.__name__}", lambda: form(reports, schemas))
            check(f"{name}: the same whatever the number of threads", lambda: in_order(program, work / name))
            check(f"{name}: statistics", lambda: statistics(program, work / name, reports))
        severities = {one["severity"] for one in reports.findings}
        check("nasty: every severity and name", lambda: (
            same(sorted(severities), ["error", "info", "warning"]),
            same(set(NAMES) - {one["path"] for one in reports.findings}, [])))
        check("nasty: what cannot be read is named", lambda: (
            same([reports.status], [2]),
            same([line for line in reports.said.split("\n") if line.startswith("rubricator: ")],
                 ["rubricator: bad.txt: this is not valid UTF-16",
                  "rubricator: binary.txt: skipped: this is a binary file, not a text"])))
        check("clean: nothing found", lambda: nothing_found(program, work / "clean", schemas))
        check("config schema", lambda: configuration(program, work / "config"))
    print(f"{len(failures)} failed" if failures else "all passed")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
