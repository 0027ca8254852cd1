#!/usr/bin/env python3
"""The server over its real pipes, each message held against the protocol's meta-model.

Run as `protocol.py SERVER SEEDS`: the program and the folder of sample texts, of which a copy is
used. Needs `lsprotocol`, whose types are generated from the meta-model that is published with the
protocol. Those types are read here as a schema: the package's own converter passes over
properties that it does not know, and fills in some that are missing.
"""

import collections
import contextlib
import enum
import functools
import json
import os
import queue
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import typing
import urllib.parse
from pathlib import Path

import attrs
from lsprotocol import types

PATIENCE = 60
"""Seconds within which the server has to say what is waited for."""

# ---------------------------------------------------------------- the meta-model


def wire_name(field):
    first, *rest = field.name.rstrip("_").split("_")
    return first + "".join(word.capitalize() for word in rest)


@functools.cache
def shape(cls):
    """The properties of a structure on the wire: field, type and whether one may leave it out."""
    hints = typing.get_type_hints(cls, vars(types))

    def is_required(field):
        # A constant, such as the `kind` of a report, has a default but must be sent; a few
        # properties without a value have to be sent as null.
        is_null = types.is_special_property(cls, field.name) and field.name not in NULL_OR_LEFT_OUT
        return field.default is not None or is_null

    return {wire_name(one): (one, hints[one.name], is_required(one)) for one in attrs.fields(cls)}


def excerpt(value):
    text = json.dumps(value, ensure_ascii=False, default=sorted)
    return text if len(text) <= 160 else f"{text[:150]} … ({len(text)} characters)"


# What the generated types do not tell from properties that have to be sent.
NULL_OR_LEFT_OUT = {"root_path", "workspace_folders", "active_parameter"}

PRIMITIVES = {str: (str,), bool: (bool,), int: (int,), float: (float, int), type(None): (type(None),)}


def problems(value, wanted, path):
    """How a value differs from a type of the meta-model; nothing if it is one."""
    wrong = [f"{path}: {excerpt(value)} is no {getattr(wanted, '__name__', wanted)}"]
    origin, args = typing.get_origin(wanted), typing.get_args(wanted)
    if wanted in (typing.Any, object, types.LSPObject) or typing.Any in args:
        return []
    if origin is typing.Union:
        # Told is what is wrong with the alternative that comes nearest.
        tried = [problems(value, one, path) for one in args]
        return min(tried, key=lambda found: (f"{path}: " in "".join(found[:1]), len(found)))
    if origin is typing.Literal:
        return [] if value in args else wrong
    if wanted in PRIMITIVES:
        # `type` and not `isinstance`: True is no number.
        return [] if type(value) in PRIMITIVES[wanted] else wrong
    if isinstance(wanted, type) and issubclass(wanted, enum.Enum):
        return [] if any(type(value) is type(one.value) and value == one.value for one in wanted) else wrong
    if origin is tuple:
        fits = isinstance(value, list) and len(value) == len(args)
        return sum((problems(*pair, path) for pair in zip(value, args)), []) if fits else wrong
    if origin is not None and issubclass(origin, collections.abc.Mapping):
        if not isinstance(value, dict):
            return wrong
        return [found for key, one in value.items() for found in problems(one, args[1], f"{path}[{key}]")]
    if origin is not None and issubclass(origin, collections.abc.Sequence):
        if not isinstance(value, list):
            return wrong
        return [found for at, one in enumerate(value) for found in problems(one, args[0], f"{path}[{at}]")]
    if attrs.has(wanted):
        return of_structure(value, wanted, path) if isinstance(value, dict) else wrong
    raise TypeError(f"{path}: the type {wanted} of the meta-model is not known here")


def of_structure(value, cls, path):
    properties = shape(cls)
    found = [
        f"{path}.{name}: {cls.__name__} has no such property" for name in value.keys() - properties.keys()
    ]
    for name, (field, hint, is_required) in properties.items():
        if name not in value:
            if is_required:
                found.append(f"{path}.{name}: missing in a {cls.__name__}")
            continue
        one = value[name]
        is_nullable = is_required or field.name in NULL_OR_LEFT_OUT or typing.Any in typing.get_args(hint)
        if one is None and not is_nullable:
            found.append(f"{path}.{name}: null, but it may only be left out")
            continue
        inner = problems(one, hint, f"{path}.{name}")
        if not inner and field.validator and isinstance(one, (str, int, float)):
            # Ranges of numbers and constants, which the types do not tell.
            try:
                field.validator(cls, field, one)
            except ValueError as error:
                inner = [f"{path}.{name}: {error}"]
        found += inner
    if not found and (sense := SENSE.get(cls.__name__)) and not sense(value):
        found.append(f"{path}: {excerpt(value)} makes no sense as a {cls.__name__}")
    for name in value.keys() & {"uri", "oldUri", "newUri", "href", "target", "baseUri"}:
        if isinstance(value[name], str) and not re.fullmatch(
            r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]*", value[name]
        ):
            found.append(f"{path}.{name}: {excerpt(value[name])} is no URI")
    return found


def point(position):
    return position["line"], position["character"]


def holds(outer, inner):
    return point(outer["start"]) <= point(inner["start"]) and point(inner["end"]) <= point(outer["end"])


def are_apart(edits):
    """Edits of one text must not overlap, and are meant as if made at once."""
    ranges = sorted((point(one["range"]["start"]), point(one["range"]["end"])) for one in edits)
    return all(first[1] <= later[0] for first, later in zip(ranges, ranges[1:]))


def changes_in(edit):
    """The edits of each text, in whichever way they are written; what makes files is left out."""
    documents = [one for one in edit.get("documentChanges", []) if "edits" in one]
    return edit.get("changes", {}) | {one["textDocument"]["uri"]: one["edits"] for one in documents}


# What the protocol says of a structure in words.
SENSE = {
    "Range": lambda it: point(it["start"]) <= point(it["end"]),
    "DocumentSymbol": lambda it: it["name"].strip() and holds(it["range"], it["selectionRange"]),
    "FoldingRange": lambda it: it["startLine"] <= it["endLine"],
    "SelectionRange": lambda it: "parent" not in it or holds(it["parent"]["range"], it["range"]),
    "SemanticTokens": lambda it: len(it["data"]) % 5 == 0 and min(it["data"], default=0) >= 0,
    "SemanticTokensEdit": lambda it: min(it.get("data", []), default=0) >= 0,
    "WorkspaceEdit": lambda it: all(are_apart(edits) for edits in changes_in(it).values()),
    "TextDocumentEdit": lambda it: are_apart(it["edits"]),
    "WorkDoneProgressReport": lambda it: 0 <= it.get("percentage", 0) <= 100,
    "LinkedEditingRanges": lambda it: len(it["ranges"]) > 0,
    "Diagnostic": lambda it: it["message"].strip(),
    "CompletionItem": lambda it: it["label"].strip(),
}

KNOWN_ERRORS = {one.value for kind in (types.ErrorCodes, types.LSPErrorCodes) for one in kind}


def of_message(message, method=None):
    """What is wrong with a message; `method` is that of the question if it is an answer."""
    asked = method or message.get("method")
    if method is None and "method" not in message or "error" in message:
        # The number of a question that could not be read is null.
        known = {name: one for name, one in message.items() if name != "id" or one is not None}
        found = problems(known, types.ResponseErrorMessage, "response")
        error = message.get("error") or {}
        if "id" not in message or error.get("code") not in KNOWN_ERRORS or not error.get("message"):
            found.append(f"response: {excerpt(message)} is no error of the protocol")
        return found
    if asked not in types.METHOD_TO_TYPES:
        return [f"{asked}: not in the meta-model"]
    form, answer, _, _ = types.METHOD_TO_TYPES[asked]
    found = problems(message, answer if method else form, f"{asked} {'result' if method else ''}".strip())
    params = message.get("params") or {}
    # What these two carry is of any type by the model and of a certain one by the text.
    if asked == "$/progress":
        kinds = typing.Union[
            types.WorkDoneProgressBegin,
            types.WorkDoneProgressReport,
            types.WorkDoneProgressEnd,
            types.WorkspaceDiagnosticReportPartialResult,
        ]
        found += problems(params.get("value"), kinds, asked)
    if asked == "client/registerCapability" and not method:
        for one in params.get("registrations", []):
            options = types.METHOD_TO_TYPES[one["method"]][3]
            found += problems(one.get("registerOptions"), options, f"{asked} {one['method']}")
    return found


def everything(kind):
    """The capabilities of a client that can do all that the meta-model knows."""
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Union:
        kinds = [one for one in args if one is not type(None)]
        return everything(next((one for one in kinds if attrs.has(one)), kinds[0]))
    if origin is not None and issubclass(origin, collections.abc.Sequence):
        is_set = isinstance(args[0], type) and issubclass(args[0], enum.Enum)
        return [one.value for one in args[0]] if is_set else []
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return next(one.value for one in kind)
    if attrs.has(kind):
        properties = {name: everything(hint) for name, (_, hint, _) in shape(kind).items()}
        return {name: value for name, value in properties.items() if value is not None}
    return {bool: True, str: "any", int: 1000}.get(kind)


# ---------------------------------------------------------------- the client


class Gone(Exception):
    """The server ended."""


class Refused(Exception):
    def __init__(self, error):
        super().__init__(f"{error.get('code')} {error.get('message')}")
        self.code = error.get("code")


def uri_of(path):
    return Path(path).as_uri()


def path_of(uri):
    return Path(urllib.parse.unquote(urllib.parse.urlsplit(uri).path))


def decode(raw):
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252")


def lines_of(text):
    # Not `splitlines`, which knows more ends of lines than the protocol.
    return re.split(r"\r\n|\n|\r", text)


UNITS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


class Client:
    """A session. Answers what the server asks, and remembers all that it says."""

    def __init__(self, server, place):
        self.place, self.settings, self.folders = place, {}, []
        self.errors = tempfile.TemporaryFile()
        environment = {**os.environ, "TMPDIR": str(place / "tmp"), "XDG_CACHE_HOME": str(place / "cache")}
        self.process = subprocess.Popen(
            [server, "server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            env=environment,
        )
        self.inbox, self.heard, self.violations = queue.Queue(), [], []
        self.asked, self.answers, self.diagnostics, self.texts, self.versions = {}, {}, {}, {}, {}
        self.encoding, self.count, self.refuses_progress = "utf-16", 0, False
        threading.Thread(target=self.receive, daemon=True).start()

    # Messages.

    def receive(self):
        stream = self.process.stdout
        while True:
            head = {}
            while line := stream.readline().strip():
                name, _, value = line.decode("ascii", "replace").partition(":")
                head[name.lower()] = value.strip()
            if not head:
                self.inbox.put(None)
                return
            self.inbox.put((head, stream.read(int(head.get("content-length", 0)))))

    def write(self, body):
        try:
            self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
            self.process.stdin.flush()
        except BrokenPipeError:
            raise Gone(self.last_words()) from None

    def send(self, message, method=None, checked=True):
        # What is wrong on purpose is not checked.
        if checked and (wrong := of_message(message, method)):
            raise AssertionError(f"this client's own message is wrong: {wrong}")
        self.write(json.dumps(message).encode())

    def tell(self, method, params=None, **options):
        message = {"jsonrpc": "2.0", "method": method}
        self.send(message if params is None else {**message, "params": params}, **options)

    def question(self, method, params=None):
        self.count += 1
        number = f"q{self.count}" if self.count % 5 == 0 else self.count
        document = (params or {}).get("textDocument")
        self.asked[number] = method, document["uri"] if isinstance(document, dict) else None
        message = {"jsonrpc": "2.0", "id": number, "method": method}
        return message if params is None else {**message, "params": params}

    def ask(self, method, params=None, checked=True):
        question = self.question(method, params)
        self.send(question, checked=checked)
        return self.answer(question["id"])

    def answer(self, number):
        self.until(f"an answer to {self.asked[number][0]}", lambda: number in self.answers)
        answer = self.answers[number]
        if "error" in answer:
            raise Refused(answer["error"])
        return answer["result"]

    def until(self, what, is_so, patience=PATIENCE):
        end = time.monotonic() + patience
        while not is_so():
            try:
                self.take(self.inbox.get(timeout=max(0, end - time.monotonic())))
            except queue.Empty:
                raise AssertionError(f"{what}: nothing came in {patience} seconds") from None

    def settle(self, seconds):
        """Hears what comes in a while."""
        with contextlib.suppress(AssertionError):
            self.until("", lambda: False, seconds)

    def take(self, item):
        if item is None:
            raise Gone(self.last_words())
        head, body = item
        try:
            message = json.loads(body.decode())
        except ValueError:
            return self.violations.append(f"no JSON: {body[:120]!r}")
        if head.keys() - {"content-length", "content-type"}:
            self.violations.append(f"a header unknown to the protocol: {head}")
        self.heard.append(message)
        method, number = message.get("method"), message.get("id")
        if method is not None:
            self.blame(of_message(message), message)
            if types.METHOD_TO_TYPES.get(method) and types.message_direction(method) == "clientToServer":
                self.blame([f"{method}: only clients say this"], message)
            self.check_places(message.get("params"), None, method)
            if number is not None:
                self.respond(number, method, message.get("params"))
            elif method == "textDocument/publishDiagnostics":
                self.diagnostics[message["params"]["uri"]] = message["params"]
            return None
        if number is None and "error" in message:
            # The answer to something that could not be read.
            return self.blame(of_message(message), message)
        if number not in self.asked or number in self.answers:
            return self.blame([f"an answer to nothing: {excerpt(message)}"], message)
        asked, uri = self.asked[number]
        self.answers[number] = message
        if asked in types.METHOD_TO_TYPES or "error" in message:
            self.blame(of_message(message, asked), message)
        return self.check_places(message.get("result"), uri, f"{asked} result")

    def blame(self, wrong, message):
        self.violations += [f"{one}   in {excerpt(message)}" for one in wrong]

    def respond(self, number, method, params):
        message = {"jsonrpc": "2.0", "id": number, "result": None}
        if method == "workspace/configuration":
            message["result"] = [self.settings.get(one.get("section")) for one in params["items"]]
        elif method == "workspace/workspaceFolders":
            message["result"] = self.folders
        elif method == "window/workDoneProgress/create" and self.refuses_progress:
            self.settle(0.3)
            error = {"code": -32803, "message": "no progress is shown here"}
            message = {"jsonrpc": "2.0", "id": number, "error": error}
        self.send(message, method)

    def last_words(self):
        code = self.process.wait(timeout=PATIENCE)
        self.errors.seek(0)
        return f"the server ended with status {code}: {self.errors.read().decode()[-400:]}"

    # Places.

    def text_of(self, uri):
        if uri in self.texts or not uri.startswith("file:"):
            return self.texts.get(uri)
        path = path_of(uri)
        return decode(path.read_bytes()) if path.is_file() else None

    def units(self, text):
        codec, width = UNITS[self.encoding]
        return len(text.encode(codec)) // width

    def offset(self, uri, position):
        """The character at a position, or None where there is no such place."""
        lines = lines_of(self.text_of(uri) or "")
        if position["line"] >= len(lines):
            return None
        codec, width = UNITS[self.encoding]
        line = lines[position["line"]].encode(codec)
        if position["character"] * width > len(line):
            return None
        try:
            return len(line[: position["character"] * width].decode(codec))
        except UnicodeDecodeError:
            return None

    def words(self, uri, span):
        """What stands in a range."""
        lines = lines_of(self.text_of(uri))
        first, last = span["start"]["line"], span["end"]["line"]
        start, end = self.offset(uri, span["start"]), self.offset(uri, span["end"])
        if first == last:
            return lines[first][start:end]
        return "\n".join([lines[first][start:], *lines[first + 1 : last], lines[last][:end]])

    def at(self, uri, words, nth=1, inside=0):
        """The position `inside` characters behind the start of an occurrence of some words."""
        text = self.text_of(uri)
        start = -1
        for _ in range(nth):
            start = text.find(words, start + 1)
            assert start >= 0, f"“{words}” does not stand {nth} times in {uri}"
        before = lines_of(text[: start + inside])
        return {"line": len(before) - 1, "character": self.units(before[-1])}

    def span(self, uri, words, nth=1):
        return {"start": self.at(uri, words, nth), "end": self.at(uri, words, nth, len(words))}

    def check_places(self, value, uri, path):
        """Every range lies in its text and cuts no character."""
        if isinstance(value, list):
            for one in value:
                self.check_places(one, uri, path)
        if not isinstance(value, dict):
            return
        uri = value.get("uri", (value.get("textDocument") or {}).get("uri", uri))
        # A file that is yet to be made has no places, nor has a version that is past.
        is_past = "diagnostics" in value and value.get("version") not in (None, self.versions.get(uri))
        if is_past or not uri or self.text_of(uri) is None:
            return
        for name, one in value.items():
            if name == "changes":
                for changed, edits in one.items():
                    self.check_places(edits, changed, path)
            elif (
                isinstance(one, dict)
                and one.keys() == {"line", "character"}
                and self.offset(uri, one) is None
            ):
                self.violations.append(f"{path}: no such place in {uri}: {excerpt(value)}")
            else:
                self.check_places(one, uri, path)

    # What editors do.

    def start(self, folder, capabilities, **more):
        self.folders = [{"uri": uri_of(folder), "name": folder.name}]
        params = {
            "processId": os.getpid(),
            "clientInfo": {"name": "protocol.py"},
            "rootPath": None,
            "rootUri": uri_of(folder),
            "workspaceFolders": self.folders,
            "capabilities": capabilities,
            **more,
        }
        result = self.ask("initialize", params)
        self.encoding = result["capabilities"].get("positionEncoding", "utf-16")
        assert not [one for one in self.heard if "method" in one], "spoken to before `initialized`"
        self.tell("initialized", {})
        return result

    def open(self, uri, language, text=None):
        self.texts[uri] = self.text_of(uri) if text is None else text
        self.versions[uri] = 1
        item = {"uri": uri, "languageId": language, "version": 1, "text": self.texts[uri]}
        self.tell("textDocument/didOpen", {"textDocument": item})

    def change(self, uri, *edits):
        """Changes one after the other: ranges with what is to stand there, or whole texts."""
        changes = []
        for span, new in edits:
            # A place behind an earlier change of the same message is found when that is made.
            span = span() if callable(span) else span
            changes.append({"text": new} if span is None else {"range": span, "text": new})
            self.texts[uri] = new if span is None else self.replaced(uri, span, new)
        self.versions[uri] += 1
        document = {"uri": uri, "version": self.versions[uri]}
        self.tell("textDocument/didChange", {"textDocument": document, "contentChanges": changes})

    def replaced(self, uri, span, new):
        text = self.texts[uri]
        starts = [0] + [end.end() for end in re.finditer(r"\r\n|\n|\r", text)]
        start, end = (starts[span[one]["line"]] + self.offset(uri, span[one]) for one in ("start", "end"))
        return text[:start] + new + text[end:]

    def close(self, uri):
        self.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
        del self.texts[uri], self.versions[uri]

    def about(self, method, uri, position=None, **more):
        params = {"textDocument": {"uri": uri}, **more}
        params = params if position is None else {**params, "position": position}
        return self.ask(f"textDocument/{method}", params)

    def findings(self, uri):
        """The published diagnostics of the present version, as rule and words."""

        def is_present():
            published = self.diagnostics.get(uri)
            return published and published.get("version") in (None, self.versions.get(uri))

        self.until(f"diagnostics of {uri}", is_present)
        return [(one["code"], self.words(uri, one["range"])) for one in self.diagnostics[uri]["diagnostics"]]

    def said(self, method):
        return [one for one in self.heard if one.get("method") == method]

    def end(self):
        self.ask("shutdown")
        self.tell("exit")
        with contextlib.suppress(Gone):
            self.until("the end", lambda: False)
        return self.process.wait(timeout=PATIENCE)


# ---------------------------------------------------------------- the checks

passed, failed = [], []


@contextlib.contextmanager
def check(what):
    try:
        yield
    except (AssertionError, AttributeError, Gone, LookupError, Refused, TypeError, ValueError) as error:
        place = ""
        if not str(error) or not isinstance(error, (AssertionError, Gone, Refused)):
            trace = error.__traceback__
            while trace.tb_next and trace.tb_next.tb_frame.f_code.co_filename == __file__:
                trace = trace.tb_next
            place = f" ({type(error).__name__} in line {trace.tb_lineno})"
        failed.append(what)
        print(f"FAIL {what}: {error}{place}", flush=True)
    else:
        passed.append(what)
        print(f"ok   {what}", flush=True)


def same(found, wanted):
    assert found == wanted, f"{excerpt(found)} instead of {excerpt(wanted)}"


def includes(found, *wanted):
    for one in wanted:
        assert one in found, f"{excerpt(one)} is not in {excerpt(found)}"


def refused(code, action):
    try:
        answer = action()
    except Refused as error:
        same(error.code, code)
    else:
        raise AssertionError(f"{excerpt(answer)} instead of error {code}")


def keeps_to_the_protocol(client, session):
    """Reported at the end of a session: each breach once, however often it was heard."""
    breaches = collections.Counter(re.sub(r"\d+", "0", one.split("   in ")[0]) for one in client.violations)
    with check(f"{session}: all {len(client.heard)} messages keep to the meta-model"):
        first = {re.sub(r"\d+", "0", one.split("   in ")[0]): one for one in reversed(client.violations)}
        told = [f"{first[one]}  ({count} times)" for one, count in breaches.most_common()]
        assert not told, "\n       ".join(["", *told])
    with check(f"{session}: nothing went wrong inside the server"):
        client.errors.seek(0)
        said = client.errors.read().decode()
        # What the client does wrong on purpose is told, too.
        on_purpose = "a message was refused|was opened twice|cannot be read"
        wrong = [line for line in said.splitlines() if re.search("panicked|(WARN|ERROR) rubricator", line)]
        wrong = [line for line in wrong if not re.search(on_purpose, line)]
        assert not wrong, "\n       ".join(["", *wrong])


LINKS = """\
# On Lamps

The text is [here](the-lamp-markdown.md#the-lamp-on-the-third-floor), the
catalogue [elsewhere](https://example.org/lamps).
"""


def corpus_in(place, seeds):
    corpus = place / "corpus"
    shutil.copytree(seeds, corpus)
    for other in ("tmp", "cache", "second"):
        (place / other).mkdir()
    (corpus / "links.md").write_text(LINKS)
    (place / "second" / "stoves.md").write_text("# A Treatise on Stoves\n\nThey smoke.\n")
    return corpus


def the_checker():
    """A checker that finds nothing wrong proves nothing."""
    here = {"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 4}}
    finding = {"range": here, "message": "so", "severity": 2}
    wrong = {
        "an unknown property": {**finding, "colour": "red"},
        "a missing property": {"range": here},
        "a wrong type": {**finding, "message": 7},
        "an unknown value": {**finding, "severity": 9},
        "null where nothing belongs": {**finding, "source": None},
        "a negative number": {**finding, "range": {**here, "start": {"line": -1, "character": 0}}},
        "a range that ends before it begins": {
            **finding,
            "range": {"start": here["end"], "end": here["start"]},
        },
        "a URI that is none": {**finding, "codeDescription": {"href": "a page"}},
    }
    with check("the checker notices what is wrong"):
        same(problems(finding, types.Diagnostic, "finding"), [])
        same([name for name, one in wrong.items() if not problems(one, types.Diagnostic, name)], [])
        report = {"jsonrpc": "2.0", "id": 1, "result": {"items": []}}
        assert of_message(report, "textDocument/diagnostic"), "a report without its kind"
        assert of_message({"jsonrpc": "2.0", "id": 1}, "textDocument/hover"), "an answer without a result"


def lifecycle(server, place, corpus):
    client = Client(server, place)
    source = uri_of(corpus / "so-in-the-source.txt")
    with check("a request before initialize is refused"):
        refused(-32002, lambda: client.about("hover", source, {"line": 0, "character": 0}))
    with check("a notification before initialize is dropped"):
        client.tell("textDocument/didSave", {"textDocument": {"uri": source}})
        refused(-32002, lambda: client.ask("shutdown"))
    with check("initialize names the server"):
        same(client.start(corpus, {})["serverInfo"]["name"], "rubricator")
    with check("a second initialize is refused"):
        refused(
            -32600, lambda: client.ask("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
        )
    with check("an unknown request is refused"):
        refused(-32601, lambda: client.ask("textDocument/illuminate", {}, checked=False))
    with check("an unknown request that begins with $/ is refused"):
        refused(-32601, lambda: client.ask("$/illuminate", {}, checked=False))
    with check("an unknown notification is passed over"):
        before = len(client.heard)
        client.tell("textDocument/didIlluminate", {}, checked=False)
        client.tell("$/didIlluminate", {}, checked=False)
        client.tell("$/setTrace", {"value": "verbose"})
        client.tell("$/cancelRequest", {"id": 4711})
        client.about("documentLink", source)
        assert not [one for one in client.heard[before:] if "error" in one], client.heard[before:]
    with check("parameters that are none are refused"):
        refused(-32602, lambda: client.ask("textDocument/hover", {"textDocument": 7}, checked=False))
    with check("malformed JSON is answered and survived"):
        client.write(b'{"jsonrpc": "2.0", "method": ')
        client.until(
            "a parse error",
            lambda: [one for one in client.heard if one.get("error", {}).get("code") == -32700],
        )
        client.about("documentLink", source)
    with check("lines between messages are passed over"):
        client.process.stdin.write(b"a line that is no header\r\n\r\n")
        client.about("documentLink", source)
    with check("headers may be written otherwise, and a message may come in pieces"):
        question = client.question("textDocument/documentLink", {"textDocument": {"uri": source}})
        body = json.dumps(question).encode()
        kind = b"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\n"
        raw = kind + b"content-length: %d\r\n\r\n" % len(body) + body
        for part in (raw[:20], raw[20:90], raw[90:]):
            client.process.stdin.write(part)
            client.process.stdin.flush()
            time.sleep(0.05)
        client.answer(question["id"])
    with check("after shutdown only exit is taken"):
        client.ask("shutdown")
        refused(-32600, lambda: client.about("documentLink", source))
    with check("exit after shutdown ends with status 0"):
        client.tell("exit")
        same(client.process.wait(timeout=PATIENCE), 0)
    keeps_to_the_protocol(client, "lifecycle")

    client = Client(server, place)
    client.start(corpus, {})
    with check("exit without shutdown ends with status 1"):
        client.tell("exit")
        same(client.process.wait(timeout=PATIENCE), 1)

    for odd in (b"[]", b"7", b'{"greeting": "good day"}', b'{"jsonrpc": "2.0", "method": 7}'):
        with check(f"JSON that is no message is refused and survived: {odd.decode()}"):
            client = Client(server, place)
            client.start(corpus, {})
            client.write(odd)
            client.until(
                "error -32600",
                lambda: [one for one in client.heard if one.get("error", {}).get("code") == -32600],
            )
            client.about("documentLink", source)
            client.end()

    with check("UTF-32 is spoken with a client that knows nothing else"):
        client = Client(server, place)
        result = client.start(corpus, {"general": {"positionEncodings": ["utf-32"]}})
        same(result["capabilities"]["positionEncoding"], "utf-32")
        client.open("untitled:Untitled-2", "plaintext", "𝔄𝔅ℭ é said ‘no and went.\n")
        same(client.findings("untitled:Untitled-2"), [("unbalanced-quotes", "‘")])
        same((client.end(), client.violations), (0, []))


def capabilities_of(*, pulls, encodings):
    all_of_them = everything(types.ClientCapabilities)
    all_of_them["general"]["positionEncodings"] = encodings
    if pulls:
        all_of_them["textDocument"]["codeAction"]["resolveSupport"]["properties"] = ["edit"]
        all_of_them["workspace"]["symbol"]["resolveSupport"]["properties"] = ["location.range"]
    else:
        del all_of_them["textDocument"]["diagnostic"]
    return all_of_them


def pushed(server, place, corpus):
    """A client that can do everything except ask for diagnostics."""
    client = Client(server, place)
    uri = {path.name: uri_of(path) for path in corpus.iterdir()}
    client.settings["rubricator"] = {"inlayHints": True, "formatOnType": True}
    able = client.start(corpus, capabilities_of(pulls=False, encodings=["utf-8", "utf-16"]))["capabilities"]
    with check("capabilities: all that is tested here is announced, and what is announced is tested"):
        same(sorted(able), sorted(ANNOUNCED))
    with check("capabilities: UTF-8 is chosen where it is offered"):
        same(able["positionEncoding"], "utf-8")

    dam, guests, room, lamp = (
        uri[name]
        for name in (
            "the-men-of-the-dam.txt",
            "the-guests-at-portsmouth.txt",
            "the-reading-room.txt",
            "the-lamp-markdown.md",
        )
    )
    with check("workDoneProgress: announced, begun, ended while the corpus is read"):
        # The folder has corpora within it, which may be read with a progress of their own.
        methods = ("$/progress", "window/workDoneProgress/create")

        def told():
            all_told = [one for one in client.heard if one.get("method") in methods]
            return [one for one in all_told if one["params"]["token"] == all_told[0]["params"]["token"]]

        def kinds():
            return [one["params"]["value"]["kind"] for one in told()[1:]]

        client.until("the end of the progress", lambda: "end" in kinds())
        same(told()[0]["method"], "window/workDoneProgress/create")
        same([kinds()[0], kinds()[-1], *set(kinds()[1:-1]) - {"report"}], ["begin", "end"])
    with check("client/registerCapability: texts and configuration are watched"):
        client.until("a registration", lambda: client.said("client/registerCapability"))
        one = client.said("client/registerCapability")[0]["params"]["registrations"][0]
        same(one["method"], "workspace/didChangeWatchedFiles")
        globs = " ".join(watcher["globPattern"] for watcher in one["registerOptions"]["watchers"])
        includes(globs, "txt", "xml", "toml")
    with check("workspace/configuration: the server asks for its section"):
        client.until("a question", lambda: client.said("workspace/configuration"))
        same(client.said("workspace/configuration")[0]["params"]["items"][0]["section"], "rubricator")

    documents(client, dam, room, guests)
    figures(client, dam, guests, uri)
    notes(client, room, lamp, uri)
    typing_along(client, room, uri)
    shapes(client, room, lamp, uri, able)
    the_corpus(client, place, corpus, uri)
    cancelling(client, corpus)
    with check("shutdown and exit"):
        same(client.end(), 0)
    keeps_to_the_protocol(client, "a client that can do everything")


ANNOUNCED = [
    "codeActionProvider", "codeLensProvider", "completionProvider", "declarationProvider", "definitionProvider",
    "documentHighlightProvider", "documentLinkProvider", "documentOnTypeFormattingProvider",
    "documentSymbolProvider", "foldingRangeProvider", "hoverProvider", "inlayHintProvider",
    "linkedEditingRangeProvider", "positionEncoding", "referencesProvider", "renameProvider",
    "selectionRangeProvider", "semanticTokensProvider", "textDocumentSync", "workspace", "workspaceSymbolProvider",
]  # fmt: skip


def documents(client, dam, room, guests):
    with check("didOpen, publishDiagnostics: the names of the dam"):
        client.open(dam, "plaintext")
        variants = [words for rule, words in client.findings(dam) if rule == "name-variant"]
        includes(variants, "Trotskii", "Mikoian", "Kaganovitch", "Riabchikov")
        one = next(one for one in client.diagnostics[dam]["diagnostics"] if "Trotskii" in one["message"])
        includes(one["message"], "Leon Trotsky", "ALA-LC")
        same((one["severity"], one["source"]), (2, "rubricator"))
    with check("publishDiagnostics: a rule's page can be opened"):
        page = client.diagnostics[dam]["diagnostics"][0]["codeDescription"]["href"]
        includes(path_of(page).read_text(), "name-variant")
    with check("publishDiagnostics: the notes of the reading room, with their partners"):
        client.open(room, "plaintext")
        rules = [rule for rule, _ in client.findings(room)]
        same(sorted(rules), ["duplicate-anchor", "unknown-reference", "unused-note"])
        twice = next(
            one for one in client.diagnostics[room]["diagnostics"] if one["code"] == "duplicate-anchor"
        )
        place = twice["relatedInformation"][0]["location"]
        includes(client.words(place["uri"], place["range"]), "[3]")
    with check("didOpen: a text without mistakes has no findings"):
        client.open(guests, "plaintext")
        same(client.findings(guests), [])
    with check("didChange: changes of one message are made one after the other"):
        client.change(
            room,
            (client.span(room, "[9] Under"), "[6] Under"),
            (lambda: client.span(room, "[3] He is"), "[9] He is"),
            (lambda: client.span(room, "Notes"), "É Notes 𝔄"),
            (lambda: client.span(room, "É Notes 𝔄"), "Notes"),
        )
        includes(client.findings(room), ("unused-note", "[9]"))
        same([rule for rule, _ in client.findings(room) if rule != "note-order"], ["unused-note"])
    with check("didChange: a whole text"):
        text = decode(path_of(room).read_bytes())
        client.change(room, (None, text))
        same(len(client.findings(room)), 3)
    with check("didSave: the findings stay"):
        client.tell("textDocument/didSave", {"textDocument": {"uri": room}})
        same(len(client.findings(room)), 3)
    with check("didOpen: a text that is not saved yet"):
        new = "untitled:Untitled-1"
        client.open(new, "plaintext", "He said ‘no and went.\n\nHe came ‘back’.\n")
        same([rule for rule, _ in client.findings(new)], ["unbalanced-quotes"])
        client.close(new)
    with check("didClose: the findings go"):
        client.until("no diagnostics", lambda: client.diagnostics[new]["diagnostics"] == [])
    with check("publishDiagnostics: versions never go back"):
        versions = collections.defaultdict(list)
        for one in client.said("textDocument/publishDiagnostics"):
            versions[one["params"]["uri"]].append(one["params"].get("version", 0))
        same(versions[room], sorted(versions[room]))
    with check("positions outside the text do no harm"):
        for line, character in ((0, 99999), (99999, 0), (2**31 - 1, 2**31 - 1)):
            place = {"line": line, "character": character}
            client.about("hover", room, place)
            client.about("selectionRange", room, positions=[place])
    with check("a document that is not open has no answers"):
        same(client.about("hover", room + ".not", {"line": 0, "character": 0}), None)


def figures(client, dam, guests, uri):
    khrushchev = client.at(guests, "Khrushchev", inside=3)
    with check("hover: the card names Khrushchev"):
        hover = client.about("hover", guests, khrushchev)
        includes(
            hover["contents"]["value"],
            "Nikita Khrushchev",
            "Никита Сергеевич Хрущёв",
            "1894",
            "Khrushchev × 3",
        )
        includes(client.words(guests, hover["range"]), "Khrushchev")
    with check("hover: a variant is explained"):
        hover = client.about("hover", dam, client.at(dam, "Trotskii", inside=1))
        includes(hover["contents"]["value"], "follows ALA-LC", "Leon Trotsky", "Trotskii × 1")
    with check("hover: nothing where nobody is named"):
        same(client.about("hover", guests, client.at(guests, "cruiser")), None)
    with check("definition: a name leads to its entry in the figures file"):
        (entry,) = client.about("definition", guests, khrushchev)
        same(entry["uri"], uri["figures.toml"])
        line = lines_of(client.text_of(entry["uri"]))[entry["range"]["start"]["line"]]
        includes(line, "Khrushchev")
    with check("declaration: the first mention in the text"):
        (first,) = client.about("declaration", dam, client.at(dam, "Trotskii", inside=1))
        same((first["uri"], first["range"]["start"]), (dam, client.at(dam, "Trotsky")))
    with check("references: all mentions of Khrushchev in the corpus"):
        context = {"includeDeclaration": True}
        found = client.about("references", guests, khrushchev, context=context, workDoneToken="mine")
        spellings = collections.Counter(client.words(one["uri"], one["range"]) for one in found)
        same(spellings, {"Khrushchev": 3, "Chruschtschow": 2, "Khrouchtchev": 1, "Хрущёв": 2})
    with check("documentHighlight: the mentions in the document"):
        found = client.about("documentHighlight", dam, client.at(dam, "Veredyagin", inside=2))
        assert len(found) > 3 and "Veredyagin" in client.words(dam, found[-1]["range"]), found
    with check("documentHighlight: the partner of a quotation mark"):
        found = client.about("documentHighlight", dam, client.at(dam, "‘To the inch"))
        same([client.words(dam, one["range"]) for one in found], ["‘", "’"])
    with check("codeAction: Trotskii becomes Trotsky"):
        span = client.span(dam, "Trotskii")
        near = [one for one in client.diagnostics[dam]["diagnostics"] if one["range"] == span]
        actions = client.about("codeAction", dam, range=span, context={"diagnostics": near, "triggerKind": 1})
        titles = [one["title"] for one in actions]
        includes(titles, "Write “Trotsky”", "Mark as [sic]: so in the print", "Accept in this document (rubricator.toml)")
        repair = next(one for one in actions if one["title"] == "Write “Trotsky”")
        same(
            (repair["isPreferred"], [one["code"] for one in repair["diagnostics"]]), (True, ["name-variant"])
        )
        accept = next(one for one in actions if one["title"] == "Accept in this document (rubricator.toml)")
        same([one.get("kind") for one in accept["edit"]["documentChanges"]], ["create", None])
        version = repair["edit"]["documentChanges"][0]["textDocument"]["version"]
        same(version, client.versions[dam])
        edits = changes_in(repair["edit"])[dam]
        client.change(dam, *((one["range"], one["newText"]) for one in edits))
        assert "Trotskii" not in [words for _, words in client.findings(dam)], client.findings(dam)
    with check("codeAction: only the kinds that are asked for"):
        whole = {"start": {"line": 0, "character": 0}, "end": {"line": 30, "character": 0}}
        context = {"diagnostics": [], "only": ["source.fixAll"]}
        same(client.about("codeAction", dam, range=whole, context=context), [])
        client.open(uri["the-lamp-html.html"], "html")
        actions = client.about("codeAction", uri["the-lamp-html.html"], range=whole, context=context)
        same([one["kind"] for one in actions], ["source.fixAll.rubricator"])
    with check("codeAction: accept here, and a name for the authority"):
        lamp = uri["the-lamp-html.html"]
        actions = client.about("codeAction", lamp, range=whole, context={"diagnostics": []})
        here = next(one for one in actions if one["title"].startswith("Accept here: "))
        (edit,) = changes_in(here["edit"])[lamp]
        assert edit["newText"].startswith("<!-- rubricator: ignore "), edit
        untitled = "untitled:Untitled-5"
        client.open(untitled, "plaintext", "It was Boris Kostroma who came, and Mr Kostroma who went.\n")
        near = client.span(untitled, "Kostroma who came")
        context = {"diagnostics": [], "only": ["refactor"]}
        actions = client.about("codeAction", untitled, range=near, context=context)
        (add,) = [one for one in actions if one["title"] == "Add “Boris Kostroma” to the authority"]
        (edit,) = changes_in(add["edit"])[uri["figures.toml"]]
        includes(edit["newText"], 'name = "Boris Kostroma"')
        client.close(untitled)
    with check("prepareRename: the family name alone"):
        found = client.about("prepareRename", guests, khrushchev)
        same((client.words(guests, found["range"]), found["placeholder"]), ("Khrushchev", "Khrushchev"))
    with check("rename: a figure in every text and in its entry"):
        edit = client.about("rename", guests, khrushchev, newName="Khruschtschow")
        includes(changes_in(edit), guests, uri["the-new-code.txt"], uri["figures.toml"])
        assert all(one["newText"] == "Khruschtschow" for one in changes_in(edit)[guests])
    with check("rename: what cannot be renamed is refused with a reason"):
        refused(-32803, lambda: client.about("rename", guests, client.at(guests, "cruiser"), newName="x"))
        same(client.about("prepareRename", guests, client.at(guests, "cruiser")), None)
    with check("workspace/symbol: a figure and a heading"):
        found = client.ask("workspace/symbol", {"query": "khrushch"})
        includes(
            [(one["name"], one["location"]["uri"]) for one in found],
            ("Nikita Khrushchev", uri["figures.toml"]),
        )
        found = client.ask("workspace/symbol", {"query": "on lamps"})
        same([(one["name"], one["location"]["uri"]) for one in found], [("On Lamps", uri["links.md"])])
    with check("inlayHint: years behind a name"):
        whole = {"start": {"line": 0, "character": 0}, "end": client.at(guests, "What the Country")}
        hints = []
        # The settings come when the client has answered.
        for _ in range(50):
            hints = client.about("inlayHint", guests, range=whole)
            if hints:
                break
            client.settle(0.1)
        same([one["label"] for one in hints], ["1894–1971", "1895–1975"])
        same(hints[0]["position"], client.span(guests, "Khrushchev")["end"])


def notes(client, room, lamp, uri):
    with check("definition: a marker leads to its note, and the note back"):
        (note,) = client.about("definition", room, client.at(room, "[5]", inside=1))
        same(note["range"], client.span(room, "[5]", 2))
        (marker,) = client.about("definition", room, client.at(room, "[5]", 2, inside=1))
        same(marker["range"], client.span(room, "[5]"))
    with check("hover: a marker shows its note"):
        hover = client.about("hover", room, client.at(room, "[5]", inside=1))
        includes(hover["contents"]["value"], "Told of at least three Superintendents.")
    with check("references: the markers of a note, with and without it"):
        for context, count in (({"includeDeclaration": True}, 2), ({"includeDeclaration": False}, 1)):
            found = client.about("references", room, client.at(room, "[5]", inside=1), context=context)
            same(len(found), count)
    tei = uri["the-lamp-tei.xml"]
    client.open(tei, "xml")
    with check("definition: in TEI a ref leads to the note"):
        (note,) = client.about("definition", tei, client.at(tei, "#n2", inside=2))
        includes(lines_of(client.text_of(tei))[note["range"]["start"]["line"]], 'xml:id="n2"')
    with check("rename: a note with all that points at it"):
        found = client.about("prepareRename", tei, client.at(tei, "#n2", inside=2))
        same((client.words(tei, found["range"]), found["placeholder"]), ("n2", "n2"))
        edit = client.about("rename", tei, client.at(tei, "#n2", inside=2), newName="widow")
        same(len(changes_in(edit)[tei]), 2)
    with check("codeLens: how many references lead to a note"):
        lenses = client.about("codeLens", room)
        titles = {client.words(room, one["range"]): one["command"]["title"] for one in lenses}
        same((titles["[9]"], titles["[1]"]), ("nothing points here", "1 reference"))
    client.open(uri["links.md"], "markdown")
    with check("documentLink: into the corpus and onto the web"):
        links = client.about("documentLink", uri["links.md"])
        same(len(links), 2)
        inner, outer = (one["target"] for one in links)
        same((inner.partition("#")[0], outer), (lamp, "https://example.org/lamps"))
    with check("definition: a link leads to the heading in another file"):
        (place,) = client.about("definition", uri["links.md"], client.at(uri["links.md"], "lamp-mark"))
        same(place["uri"], lamp)
        includes(lines_of(client.text_of(lamp))[place["range"]["start"]["line"]], "# The Lamp")


def typing_along(client, room, uri):
    with check("completion and completionItem/resolve: a name with its card"):
        end = client.at(room, "Notes")
        client.change(room, ({"start": end, "end": end}, "So said Khr\n\n"))
        found = client.about(
            "completion", room, client.at(room, "said Khr", inside=8), context={"triggerKind": 1}
        )
        item = next(one for one in found["items"] if one["label"] == "Khrushchev")
        same(
            (client.words(room, item["textEdit"]["range"]), item["textEdit"]["newText"]),
            ("Khr", "Khrushchev"),
        )
        resolved = client.ask("completionItem/resolve", item)
        includes(resolved["documentation"]["value"], "Никита Сергеевич Хрущёв")
        same({**resolved, "documentation": None}, {**item, "documentation": None})
    tei, links = uri["the-lamp-tei.xml"], uri["links.md"]
    with check("completion: figures and notes behind #"):
        client.change(tei, (client.span(tei, "<persName>"), '<persName ref="#zin">'))
        found = client.about(
            "completion",
            tei,
            client.at(tei, "#zin", inside=4),
            context={"triggerKind": 2, "triggerCharacter": "#"},
        )
        includes([one["label"] for one in found["items"]], "zinoviev")
        found = client.about("completion", tei, client.at(tei, "#n1", inside=2))
        same([one["label"] for one in found["items"]], ["n1", "n2"])
    with check("completion: files of the corpus in a link"):
        found = client.about("completion", links, client.at(links, "the-lamp-", inside=9))
        includes([one["label"] for one in found["items"]], "the-lamp-text.txt", "the-lamp-markdown.md")
    with check("onTypeFormatting: typographic marks and dashes"):
        options = {"tabSize": 4, "insertSpaces": True}
        for typed, wanted in (('"', "“"), ("'", "‘"), ("--", "–"), ("...", "…")):
            client.change(room, (client.span(room, "So said"), f"So {typed}said"))
            place = client.at(room, f"So {typed}", inside=3 + len(typed))
            (edit,) = client.about("onTypeFormatting", room, place, ch=typed[-1], options=options)
            same((client.words(room, edit["range"]), edit["newText"]), (typed, wanted))
            client.change(room, (client.span(room, f"So {typed}said"), "So said"))
    with check("linkedEditingRange: two straight marks are one pair"):
        typescript = uri["typescript.txt"]
        client.open(typescript, "plaintext")
        found = client.about("linkedEditingRange", typescript, client.at(typescript, '"something on'))
        same([client.words(typescript, one) for one in found["ranges"]], ['"', '"'])
        same(found["ranges"][1]["start"], client.at(typescript, '900 words"', inside=9))
    with check("didChangeConfiguration: what is switched off is left out"):
        client.settings["rubricator"] = {"inlayHints": False, "formatOnType": False}
        client.tell("workspace/didChangeConfiguration", {"settings": None})
        client.until("a second question", lambda: len(client.said("workspace/configuration")) > 1)
        client.settle(0.3)
        whole = {"start": {"line": 0, "character": 0}, "end": client.at(room, "Notes")}
        same(client.about("inlayHint", room, range=whole), [])


def shapes(client, room, lamp, uri, able):
    client.open(lamp, "markdown")
    with check("documentSymbol: notes and figures under their heading"):
        (heading,) = client.about("documentSymbol", lamp)
        same(heading["name"], "The Lamp on the Third Floor")
        same([one["name"] for one in heading["children"]], ["Grigory Zinoviev", "note 1", "note 2"])
    with check("foldingRange: the header and the section of notes"):
        folds = client.about("foldingRange", room)
        starts = [lines_of(client.text_of(room))[one["startLine"]] for one in folds]
        includes(starts, "Sylvia Penhallow 1950", "Notes")
    with check("selectionRange: from the word over the quotation to the whole text"):
        place = client.at(room, "comrade", inside=2)
        first, second = client.about("selectionRange", room, positions=[place, client.at(room, "dome")])
        same(client.words(room, second["range"]), "dome")
        chain = []
        while first:
            chain.append(client.words(room, first["range"]))
            first = first.get("parent")
        same(chain[:2], ["comrade", "“comrade”"])
        assert chain[-2].startswith("She was not a figure") and chain[-1].startswith("Sylvia"), chain[-2:]

    legend = able["semanticTokensProvider"]["legend"]

    def decoded(uri, data):
        """The words of each token with their type and modifiers, as the legend calls them."""
        found, line, start = [], 0, 0
        for at in range(0, len(data), 5):
            down, right, length, kind, bits = data[at : at + 5]
            line, start = line + down, right if down else start + right
            end = {"line": line, "character": start + length}
            words = client.words(uri, {"start": {"line": line, "character": start}, "end": end})
            modifiers = [one for number, one in enumerate(legend["tokenModifiers"]) if bits >> number & 1]
            assert bits < 1 << len(legend["tokenModifiers"]) and length > 0 and words, data[at : at + 5]
            found.append((words, legend["tokenTypes"][kind], *modifiers))
        return found

    with check("semanticTokens/full: figures, quotations by depth, markers"):
        full = client.about("semanticTokens/full", room)
        tokens = decoded(room, full["data"])
        includes(
            tokens,
            ("Lenin", "figure"),
            ("[1]", "noteMarker"),
            ("‘", "quotation"),
            ("“", "quotation", "inner"),
        )
        markdown = decoded(lamp, client.about("semanticTokens/full", lamp)["data"])
        includes(markdown, ("Zinoviev", "figure"), ("Zinovyev", "figure", "variant"))
    with check("semanticTokens/range: a part of the same"):
        span = client.span(room, "‘He was a civil boy")
        part = client.about("semanticTokens/range", room, range=span)
        same(decoded(room, part["data"]), [("‘", "quotation")])
    with check("semanticTokens/full/delta: the edits make the old tokens new"):
        client.change(room, (client.span(room, "Lenin"), "Trotskii"))
        delta = client.about("semanticTokens/full/delta", room, previousResultId=full["resultId"])
        data = list(full["data"])
        for edit in sorted(delta["edits"], key=lambda one: -one["start"]):
            data[edit["start"] : edit["start"] + edit["deleteCount"]] = edit.get("data", [])
        same(data, client.about("semanticTokens/full", room)["data"])
        includes(decoded(room, data), ("Trotskii", "figure", "variant"))
        assert delta["edits"] and len(delta["edits"][0]["data"]) < len(data) / 2, "the delta is no smaller"
    with check("semanticTokens/full/delta: a forgotten result is given anew"):
        again = client.about("semanticTokens/full/delta", room, previousResultId="of yesterday")
        same(again["data"], data)
    for provider, method in (
        ("codeLensProvider", "codeLens/resolve"),
        ("documentLinkProvider", "documentLink/resolve"),
    ):
        with check(f"{method}: not announced, so refused"):
            assert not able[provider].get("resolveProvider"), f"announced: write a test of {method}"
            span = client.span(room, "Notes")
            refused(-32601, lambda: client.ask(method, {"range": span}))
    with check("codeAction/resolve, workspaceSymbol/resolve: not announced to who does not ask for it"):
        assert not able["codeActionProvider"].get("resolveProvider"), able["codeActionProvider"]
        same(able["workspaceSymbolProvider"], True)
    with check("workspace/diagnostic: not announced to a client that is sent diagnostics, so refused"):
        refused(-32601, lambda: client.ask("workspace/diagnostic", {"previousResultIds": []}))


def the_corpus(client, place, corpus, uri):
    with check("willRenameFiles: links follow a file that moves"):
        old, new = uri["the-lamp-markdown.md"], uri_of(corpus / "lamps" / "third-floor.md")
        edit = client.ask("workspace/willRenameFiles", {"files": [{"oldUri": old, "newUri": new}]})
        (change,) = changes_in(edit)[uri["links.md"]]
        same(client.words(uri["links.md"], change["range"]), "the-lamp-markdown.md")
        same(change["newText"], "lamps/third-floor.md")
    with check("willRenameFiles: a path is written as links are"):
        new = uri_of(corpus / "third floor.md")
        edit = client.ask("workspace/willRenameFiles", {"files": [{"oldUri": old, "newUri": new}]})
        # With a bare blank it would be no link of Markdown any more.
        assert changes_in(edit)[uri["links.md"]][0]["newText"] in (
            "third%20floor.md",
            "<third floor.md>",
        ), edit
    with check("willRenameFiles: nothing to do for a file that nothing leads to"):
        old, new = uri["typescript.txt"], uri_of(corpus / "typed.txt")
        same(client.ask("workspace/willRenameFiles", {"files": [{"oldUri": old, "newUri": new}]}), None)

    def are_there(query, count):
        # Files are read while the next message is answered already.
        for _ in range(200):
            if len(client.ask("workspace/symbol", {"query": query})) == count:
                return
            client.settle(0.05)
        raise AssertionError(f"{count} × {query}: not in 10 seconds")

    with check("didChangeWorkspaceFolders: a folder comes and goes"):
        second = {"uri": uri_of(place / "second"), "name": "second"}
        are_there("stoves", 0)
        client.tell("workspace/didChangeWorkspaceFolders", {"event": {"added": [second], "removed": []}})
        are_there("stoves", 1)
        client.tell("workspace/didChangeWorkspaceFolders", {"event": {"added": [], "removed": [second]}})
        are_there("stoves", 0)
    with check("didChangeWatchedFiles: files that are made, changed and deleted"):
        path = corpus / "kettles.md"
        for text, kind, query in (("# On Kettles\n", 1, "on kettles"), ("# On Teapots\n", 2, "on teapots")):
            path.write_text(text)
            client.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri_of(path), "type": kind}]})
            are_there(query, 1)
        path.unlink()
        client.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri_of(path), "type": 3}]})
        are_there("on teapots", 0)
    with check("didChangeWatchedFiles: the configuration is read anew, and its errors are shown"):
        path, dam = corpus / "rubricator.toml", uri["the-men-of-the-dam.txt"]

        def configure(text, kind):
            path.unlink() if text is None else path.write_text(text)
            client.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri_of(path), "type": kind}]})

        def errors():
            return client.diagnostics.get(uri_of(path), {}).get("diagnostics", [])

        def variants():
            return [words for rule, words in client.findings(dam) if rule == "name-variant"]

        configure('[rules]\nname-variannt = "off"\n', 1)
        client.until("an error", errors)
        same((errors()[0]["severity"], errors()[0]["range"]["start"]["line"]), (1, 1))
        includes(errors()[0]["message"], "name-variant")
        configure('[rules]\nname-variant = "off"\n', 2)
        client.until("no error", lambda: not errors())
        client.until("no variants", lambda: not variants())
        configure(None, 3)
        client.until("variants", variants)


def cancelling(client, corpus):
    with check("$/cancelRequest: a request that waits is given up, and the next is answered"):
        long = uri_of(corpus / "long.txt")
        # So long that the reading of it is still going on when the cancellation comes.
        text = client.text_of(uri_of(corpus / "the-guests-at-portsmouth.txt")) * 400
        client.open(long, "plaintext", text)
        place = client.at(long, "Khrushchev")
        given_up = client.question("textDocument/hover", {"textDocument": {"uri": long}, "position": place})
        client.send(given_up)
        client.tell("$/cancelRequest", {"id": given_up["id"]})
        refused(-32800, lambda: client.answer(given_up["id"]))
        includes(client.about("hover", long, place)["contents"]["value"], "Nikita Khrushchev")
        client.close(long)


def pulled(server, place, corpus):
    """A client that asks for diagnostics, and counts in UTF-16."""
    client = Client(server, place)
    dam, code, draft = (
        uri_of(corpus / name) for name in ("the-men-of-the-dam.txt", "the-new-code.txt", "draft.txt")
    )
    # Such a client also knows nothing of the server's settings, and answers null.
    client.refuses_progress = True
    able = client.start(corpus, capabilities_of(pulls=True, encodings=["utf-16"]))["capabilities"]
    with check("workDoneProgress: a client that refuses it is spared it"):
        client.until("the offer", lambda: client.said("window/workDoneProgress/create"))
        client.settle(1)
        same(client.said("$/progress"), [])
    with check("textDocument/diagnostic: announced to a client that asks"):
        includes(able, "diagnosticProvider")
        same(able["positionEncoding"], "utf-16")
    client.open(code, "plaintext")

    def report(uri, **more):
        return client.about(
            "diagnostic", uri, identifier=able["diagnosticProvider"].get("identifier"), **more
        )

    with check("textDocument/diagnostic: the marks of the new code"):
        full = report(code)
        same(full["kind"], "full")
        wanted = [
            json.loads(line) for line in (corpus / "the-new-code.expected.jsonl").read_text().splitlines()
        ]
        found = [(one["code"], one["range"]["start"]["line"] + 1) for one in full["items"]]
        same(sorted(found), sorted((one["rule"], one["start"]["line"]) for one in wanted))
    with check("textDocument/diagnostic: unchanged, and changed"):
        same(
            report(code, previousResultId=full["resultId"]),
            {"kind": "unchanged", "resultId": full["resultId"]},
        )
        client.change(code, (None, "He said ‘no’ 𝔄 and ‘went.\n"))
        changed = report(code, previousResultId=full["resultId"])
        same((changed["kind"], len(changed["items"])), ("full", 1))
        assert changed["resultId"] != full["resultId"]
        same(client.words(code, changed["items"][0]["range"]), "‘")
    with check("textDocument/diagnostic: nothing of a document that is not open"):
        same(report(dam + ".not")["items"], [])
    the_whole_workspace(client, able, corpus)
    chosen_later(client, able, corpus, code)
    with check("workspace/diagnostic/refresh: asked for when another document changes what is found"):
        client.open(dam, "plaintext")
        report(dam)
        client.settle(0.5)
        before = len(client.said("workspace/diagnostic/refresh"))
        text = "".join(f"In the year {1900 + at} Mr Riabchikov came again.\n\n" for at in range(20))
        client.open(draft, "plaintext", text)
        client.until("a refresh", lambda: len(client.said("workspace/diagnostic/refresh")) > before)
    with check("publishDiagnostics: not to a client that asks"):
        same([one["params"]["uri"] for one in client.said("textDocument/publishDiagnostics")], [])
    with check("shutdown and exit of the second session"):
        same(client.end(), 0)
    keeps_to_the_protocol(client, "a client that asks for diagnostics")


def the_whole_workspace(client, able, corpus):
    """What is found in files that nobody opened."""

    def reports(items):
        return {one["uri"]: one for one in items}

    def known(items):
        return [{"uri": one["uri"], "value": one["resultId"]} for one in items if one.get("resultId")]

    with check("workspace/diagnostic: announced, and told of every file with findings"):
        assert able["diagnosticProvider"]["workspaceDiagnostics"]
        first = client.ask("workspace/diagnostic", {"previousResultIds": []})["items"]
        found = reports(first)
        lamp = uri_of(corpus / "the-lamp-html.html")
        wanted = [
            json.loads(line) for line in (corpus / "the-lamp-html.expected.jsonl").read_text().splitlines()
        ]
        same(
            sorted((one["code"], one["range"]["start"]["line"] + 1) for one in found[lamp]["items"]),
            sorted((one["rule"], one["start"]["line"]) for one in wanted),
        )
        client.check_places([one["range"] for one in found[lamp]["items"]], lamp, "workspace/diagnostic")
        same(found[lamp]["version"], None)
        assert uri_of(corpus / "typescript.txt") not in found, "nothing is wrong there"
    with check("workspace/diagnostic: held until something changes, then told in parts"):
        held = client.question(
            "workspace/diagnostic", {"previousResultIds": known(first), "partialResultToken": "parts"}
        )
        client.send(held)
        client.settle(1.5)
        assert held["id"] not in client.answers, client.answers[held["id"]]
        path = corpus / "late.txt"
        path.write_text("He said ‘no and went.\n")
        client.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri_of(path), "type": 1}]})
        same(client.answer(held["id"]), {"items": []})
        parts = [one["params"]["value"] for one in client.said("$/progress")]
        told = reports(item for part in parts for item in part.get("items", []))
        same([[one["code"] for one in told[uri_of(path)]["items"]], len(told)], [["unbalanced-quotes"], 1])
    with check("workspace/diagnostic: a file that is gone has no findings"):
        given = known(first) + known(told.values())
        held = client.question("workspace/diagnostic", {"previousResultIds": given})
        client.send(held)
        path.unlink()
        client.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri_of(path), "type": 3}]})
        same(reports(client.answer(held["id"])["items"])[uri_of(path)]["items"], [])
    with check("workspace/diagnostic: cancelled while it is held"):
        held = client.question("workspace/diagnostic", {"previousResultIds": known(first)})
        client.send(held)
        client.tell("$/cancelRequest", {"id": held["id"]})
        refused(-32800, lambda: client.answer(held["id"]))


def chosen_later(client, able, corpus, code):
    """What is made only when it is chosen."""
    with check("codeAction/resolve: the edit comes when the action is chosen"):
        assert able["codeActionProvider"]["resolveProvider"]
        span = client.span(code, "‘went")
        actions = client.about("codeAction", code, range=span, context={"diagnostics": []})
        same([one for one in actions if "edit" in one], [])
        action = client.ask("codeAction/resolve", actions[0])
        (edits,) = changes_in(action["edit"]).values()
        same({**action, "edit": None}, {**actions[0], "edit": None})
        assert edits[0]["newText"], edits
    with check("codeAction/resolve: refused once the text is another"):
        before = client.text_of(code)
        client.change(code, (None, "Nothing.\n"))
        refused(-32801, lambda: client.ask("codeAction/resolve", actions[0]))
        client.change(code, (None, before))
    with check("workspaceSymbol/resolve: the range comes when the symbol is chosen"):
        assert able["workspaceSymbolProvider"]["resolveProvider"]
        (symbol,) = client.ask("workspace/symbol", {"query": "on lamps"})
        same(symbol["location"], {"uri": uri_of(corpus / "links.md")})
        place = client.ask("workspaceSymbol/resolve", symbol)["location"]
        includes(client.words(place["uri"], place["range"]), "On Lamps")
    with check("didCreateFiles, didRenameFiles, didDeleteFiles: heard"):
        same(
            sorted(able["workspace"]["fileOperations"]),
            ["didCreate", "didDelete", "didRename", "willRename"],
        )
        old, new = corpus / "lids.md", corpus / "covers.md"
        old.write_text("# On Lids\n")

        def wait_for(*paths):
            found = None
            for _ in range(100):
                symbols = client.ask("workspace/symbol", {"query": "on lids"})
                found = [one["location"]["uri"] for one in symbols]
                if found == [uri_of(path) for path in paths]:
                    return
                client.settle(0.05)
            raise AssertionError(f"{paths}: {found}")

        client.tell("workspace/didCreateFiles", {"files": [{"uri": uri_of(old)}]})
        wait_for(old)
        old.rename(new)
        client.tell("workspace/didRenameFiles", {"files": [{"oldUri": uri_of(old), "newUri": uri_of(new)}]})
        wait_for(new)
        new.unlink()
        client.tell("workspace/didDeleteFiles", {"files": [{"uri": uri_of(new)}]})
        wait_for()
    with check("$/setTrace, $/logTrace: what comes and goes, while that is wanted"):
        client.tell("$/setTrace", {"value": "messages"})
        client.about("foldingRange", code)
        told = [one["params"]["message"] for one in client.said("$/logTrace")]
        assert any("Received request 'textDocument/foldingRange" in one for one in told), told
        client.tell("$/setTrace", {"value": "off"})
        client.about("foldingRange", code)
        count = len(client.said("$/logTrace"))
        client.about("foldingRange", code)
        same(len(client.said("$/logTrace")), count)
    with check("window/logMessage: what is odd is said"):
        again = {"uri": code, "languageId": "plaintext", "version": client.versions[code]}
        client.tell("textDocument/didOpen", {"textDocument": {**again, "text": client.text_of(code)}})
        client.until("a word on it", lambda: client.said("window/logMessage"))
        same([one["params"]["type"] for one in client.said("window/logMessage")], [2])


def frugal(server, place, corpus):
    """A client of the first days: what it did not announce it must not be given."""
    client = Client(server, place)
    plain = {"hover": {"contentFormat": ["plaintext"]}}
    plain["completion"] = {"completionItem": {"documentationFormat": ["plaintext"]}}
    able = client.start(corpus, {"textDocument": plain}, initializationOptions={"inlayHints": True})[
        "capabilities"
    ]
    lamp, guests = (
        uri_of(corpus / name) for name in ("the-lamp-markdown.md", "the-guests-at-portsmouth.txt")
    )
    client.open(lamp, "markdown")
    client.open(guests, "plaintext")
    with check("frugal client: UTF-16, as by default"):
        same(able.get("positionEncoding", "utf-16"), "utf-16")
    with check("frugal client: no diagnosticProvider, no options of what it did not announce"):
        assert "diagnosticProvider" not in able
        given = [
            name for name in ("renameProvider", "codeActionProvider") if isinstance(able.get(name), dict)
        ]
        same(given, [])
    with check("frugal client: diagnostics carry neither related places nor descriptions of codes"):
        assert client.findings(lamp), "no findings"
        given = {name for one in client.diagnostics[lamp]["diagnostics"] for name in one}
        same(sorted(given & {"relatedInformation", "codeDescription", "tags"}), [])
    with check("frugal client: documentSymbol is flat"):
        found = client.about("documentSymbol", lamp)
        same([one.get("location", {}).get("uri") for one in found], [lamp] * len(found))
        includes([one["name"] for one in found], "The Lamp on the Third Floor", "note 2")
    with check("frugal client: hover is plain text where only that is shown"):
        hover = client.about("hover", guests, client.at(guests, "Khrushchev"))
        includes(hover["contents"]["value"], "Nikita Khrushchev")
        same(hover["contents"]["kind"], "plaintext")
        assert "**" not in hover["contents"]["value"], hover["contents"]["value"]
    with check("frugal client: the card of a completion is plain text"):
        place = client.at(guests, "Khrushchev", inside=3)
        items = client.about("completion", guests, place)["items"]
        item = client.ask(
            "completionItem/resolve", next(one for one in items if one["label"] == "Khrushchev")
        )
        documentation = item["documentation"]
        assert isinstance(documentation, str) or documentation["kind"] == "plaintext", excerpt(documentation)
    with check("frugal client: commands instead of code actions"):
        span = client.span(lamp, "Zinovyev")
        actions = client.about("codeAction", lamp, range=span, context={"diagnostics": []})
        same([one["title"] for one in actions or [] if not isinstance(one.get("command"), str)], [])
    with check("frugal client: edits as plain changes"):
        edit = client.about("rename", guests, client.at(guests, "Khrushchev"), newName="Chruschtschow")
        assert "documentChanges" not in edit and guests in edit["changes"], edit
    with check("frugal client: is asked nothing"):
        client.settle(0.5)
        same([one["method"] for one in client.heard if "method" in one and "id" in one], [])
        same(client.said("$/progress"), [])
    with check("shutdown and exit of the third session"):
        same(client.end(), 0)
    keeps_to_the_protocol(client, "a frugal client")


def main():
    server, seeds = (os.path.abspath(one) for one in sys.argv[1:])
    start = time.monotonic()
    the_checker()
    for session in (lifecycle, pushed, pulled, frugal):
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder).resolve()
            try:
                session(server, place, corpus_in(place, seeds))
            except Gone as error:
                failed.append(session.__name__)
                print(f"FAIL {session.__name__}: {error}")
    print(f"{len(passed)} passed, {len(failed)} failed, {time.monotonic() - start:.1f} seconds")
    sys.exit(bool(failed) or not passed)


if __name__ == "__main__":
    main()
