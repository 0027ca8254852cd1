#!/usr/bin/env python3
"""The hooks for pre-commit, the action for GitHub and the job for GitLab, as their runners run them.

Run as `pipelines.py PROGRAM TOP`: the program, and the folder of the sources. Only the building is left
out: the program that is given takes the place of what would be built. Needs `pre-commit` and `act`.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

GOOD = "He spoke of the ‘rule of law’ and went away.\n"
BAD = "He spoke of the ’rule of law’ and went away.\n"

failures = []


def check(name, work, *arguments):
    with tempfile.TemporaryDirectory() as folder:
        try:
            work(Path(folder).resolve(), *arguments)
            print(f"ok   {name}")
        except Exception as error:  # noqa: BLE001 - whatever is wrong is told, and the next is tried
            failures.append(name)
            print(f"FAIL {name}: {type(error).__name__}: {str(error)[:2000]}")


def same(found, wanted):
    assert found == wanted, f"{found!r} and not {wanted!r}"


def with_program(folder, program, environment=None):
    """An environment in which the program is found by its name."""
    (folder / "bin").mkdir()
    shutil.copy2(program, folder / "bin" / "rubricator")
    environment = dict(os.environ if environment is None else environment)
    return {**environment, "PATH": f"{folder / 'bin'}:{environment['PATH']}"}


# ---------------------------------------------------------------- pre-commit


def hooks(folder, program, top):
    """What a commit changes is checked, and nothing else; what is bad is not committed."""
    environment = with_program(folder, program)
    environment.update(
        PATH=f"{Path(sys.executable).parent}:{environment['PATH']}", PRE_COMMIT_HOME=str(folder / "home"),
        GIT_AUTHOR_NAME="A", GIT_AUTHOR_EMAIL="a@b.c", GIT_COMMITTER_NAME="A", GIT_COMMITTER_EMAIL="a@b.c",
        GIT_CONFIG_GLOBAL="/dev/null", GIT_CONFIG_NOSYSTEM="1",
    )
    site = folder / "site"
    site.mkdir()

    def git(*arguments):
        ended = subprocess.run(["git", *arguments], cwd=site, env=environment, capture_output=True, text=True)
        return ended.returncode, ended.stdout + ended.stderr

    given = yaml.safe_load((top / ".pre-commit-hooks.yaml").read_text())
    same([hook["id"] for hook in given], ["rubricator", "rubricator-all"])
    same({hook["language"] for hook in given}, {"python"})
    local = [{**hook, "language": "system"} for hook in given]
    local[1]["stages"] = ["manual"]
    config = {"repos": [{"repo": "local", "hooks": local}]}
    (site / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    git("init", "-q")
    subprocess.run(["pre-commit", "install"], cwd=site, env=environment, check=True, capture_output=True)
    (site / "old.txt").write_text(BAD)
    git("add", ".")
    status, said = git("commit", "-m", "Begin")
    assert status == 1 and "old.txt:1:17" in said, said
    same(git("commit", "--no-verify", "-qm", "Begin")[0], 0)
    # An old mistake is none of this commit's, even in a file that it changes.
    (site / "old.txt").write_text(BAD + "\n" + GOOD)
    (site / "new file.txt").write_text(GOOD)
    git("add", ".")
    status, said = git("commit", "-m", "Add what is good")
    assert status == 0 and "Passed" in said, said
    (site / "new file.txt").write_text(GOOD + "\n" + BAD)
    (site / "unstaged.txt").write_text(BAD)
    git("add", "new file.txt")
    status, said = git("commit", "-m", "Add what is bad")
    assert status == 1 and "new file.txt:3:17" in said and "old.txt" not in said, said
    # What has no text in it is none of the hook's business.
    git("reset", "-q", "--hard")
    (site / "picture.png").write_bytes(b"\x89PNG\0")
    git("add", "picture.png")
    status, said = git("commit", "-m", "Add a picture")
    assert status == 0 and "Skipped" in said, said
    every = ["pre-commit", "run", "--hook-stage", "manual", "rubricator-all", "--all-files"]
    ended = subprocess.run(every, cwd=site, env=environment, capture_output=True, text=True)
    assert ended.returncode == 1 and "old.txt:1:17" in ended.stdout, ended.stdout


# ---------------------------------------------------------------- GitHub


def step(action, name):
    return next(one for one in action["runs"]["steps"] if one["name"] == name)


def run_step(one, folder, inputs, environment):
    """A step with its inputs, in the shell that the runner takes for `bash`."""
    def value(text):
        return re.sub(r"\${{ inputs\.(\w+) }}", lambda found: inputs[found[1]], text)

    same(one["shell"], "bash")
    assert "${{" not in one["run"], "what is given must reach a script as a variable"
    environment = {**environment, **{key: value(text) for key, text in one.get("env", {}).items()}}
    script = folder / "step.sh"
    script.write_text(one["run"])
    shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
    return subprocess.run(shell, cwd=folder / "workspace", env=environment, capture_output=True, text=True)


def action(folder, program, top):
    given = yaml.safe_load((top / "action.yml").read_text())
    workspace = folder / "workspace"
    (workspace / "texts").mkdir(parents=True)
    (workspace / "texts" / "a b.txt").write_text(BAD)
    (workspace / "texts" / "good.txt").write_text(GOOD)
    (workspace / "other.txt").write_text(BAD)
    files = {name: folder / name for name in ("GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_STEP_SUMMARY")}
    environment = {**os.environ, **{name: str(path) for name, path in files.items()}}
    environment.update(GITHUB_ACTION_PATH=str(top), RUNNER_TEMP=str(folder / "temp"), ImageOS="ubuntu24")
    inputs = {name: one["default"] for name, one in given["inputs"].items()}

    ended = run_step(step(given, "Tell the sources"), folder, inputs, environment)
    same((ended.returncode, ended.stderr), (0, ""))
    assert re.fullmatch("hash=[0-9a-f]{40}\n", files["GITHUB_OUTPUT"].read_text()), files["GITHUB_OUTPUT"].read_text()
    (place,) = files["GITHUB_PATH"].read_text().split()
    install = step(given, "Install")["run"]
    same(install, 'cargo install --locked --quiet --path "$GITHUB_ACTION_PATH" --root "$RUNNER_TEMP/rubricator"')
    # So `cargo install` leaves it.
    Path(place).mkdir(parents=True)
    shutil.copy2(program, Path(place) / "rubricator")
    same(place, str(folder / "temp" / "rubricator" / "bin"))
    environment["PATH"] = f"{place}:{environment['PATH']}"

    ended = run_step(step(given, "Check"), folder, inputs, environment)
    same(ended.returncode, 1)
    places = re.findall("^::warning file=([^,]+),line=1,endLine=1,col=17,", ended.stdout, re.M)
    same(places, ["other.txt", "texts/a b.txt"])
    assert "| `quote-direction` | 2 |" in files["GITHUB_STEP_SUMMARY"].read_text()

    given_by_hand = {"paths": "texts/good.txt other.txt", "arguments": "--fail-on error", "sarif": "report.sarif"}
    ended = run_step(step(given, "Check"), folder, {**inputs, **given_by_hand}, environment)
    same((ended.returncode, ended.stdout.count("::warning")), (0, 1))
    report = json.loads((workspace / "report.sarif").read_text())
    same(len(report["runs"][0]["results"]), 1)
    same(len(re.findall("^### Rubricator$", files["GITHUB_STEP_SUMMARY"].read_text(), re.M)), 2)

    ended = run_step(step(given, "Check"), folder, {**inputs, "paths": "texts/good.txt"}, environment)
    same((ended.returncode, ended.stdout), (0, ""))


CACHE = """\
name: What stands in for the cache, and has the program
inputs: {path: {required: true}, key: {required: true}}
outputs: {cache-hit: {description: Always, value: "true"}}
runs:
  using: composite
  steps:
    - shell: bash
      run: mkdir -p "${{ inputs.path }}/bin" && cp "$PROGRAM" "${{ inputs.path }}/bin/rubricator"
"""

WORKFLOW = """\
on: [push]
jobs:
  proofread:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: ./tools/rubricator
        with: {paths: texts}
"""


def workflow(folder, program, top):
    """The action in a workflow, by a runner of workflows that needs no container: it reads the same
    annotations out of the log that are found in the texts."""
    site = folder / "site"
    cache = folder / "cache"
    for at, files in (
        (site, {".github/workflows/check.yml": WORKFLOW, "texts/a, b: 100%.txt": GOOD + "\n" + BAD,
                "texts/good.txt": GOOD, "other.txt": BAD}),
        (cache, {"action.yml": CACHE}),
    ):
        for name, text in files.items():
            path = at / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    inside = site / "tools" / "rubricator"
    inside.mkdir(parents=True)
    for name in ("action.yml", "build.rs", "Cargo.toml", "Cargo.lock"):
        shutil.copy2(top / name, inside / name)
    for name in ("src", "seeds"):
        shutil.copytree(top / name, inside / name)
    for at in (site, cache):
        for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "Begin"]):
            subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@b.c", *arguments], cwd=at, check=True)
    runner = [
        str(Path(sys.executable).parent / "act"), "push", "--json", "--env", f"PROGRAM={program}",
        "--platform", "ubuntu-latest=-self-hosted", "--local-repository", f"actions/cache@v4={cache}",
    ]
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "home"), "HOME": str(folder / "home")}
    ended = subprocess.run(runner, cwd=site, env=environment, capture_output=True, text=True)
    lines = [json.loads(line) for line in ended.stdout.splitlines() if line.startswith("{")]
    told = "\n".join(line["msg"] for line in lines)
    same((ended.returncode, lines[-1].get("jobResult")), (1, "failure"))
    (annotation,) = (line for line in lines if line.get("command") in ("notice", "warning", "error"))
    same(annotation["command"], "warning")
    same(annotation["kvPairs"], {
        "file": "texts/a, b: 100%.txt", "line": "3", "endLine": "3", "col": "17", "endColumn": "18",
        "title": "quote-direction",
    })
    same(annotation["arg"], "This ’ points the wrong way: a quotation opens here; expected ‘.")
    assert "| `quote-direction` | 1 |" in told, told


# ---------------------------------------------------------------- GitLab


def job(folder, program, top):
    given = yaml.safe_load((top / ".gitlab" / "rubricator.yml").read_text())[".rubricator"]
    (fetch,) = given["before_script"]
    same(fetch, 'cargo install --locked --quiet --git "$RUBRICATOR_SOURCE"')
    environment = with_program(folder, program)
    environment.update(given["variables"])
    project = folder / "project"
    project.mkdir()
    (project / "a.txt").write_text(BAD)
    report = project / given["artifacts"]["reports"]["codequality"]
    for paths, status, count in ((".", 1, 1), ("good.txt", 0, 0)):
        (project / "good.txt").write_text(GOOD)
        environment["RUBRICATOR_PATHS"] = paths
        script = "set -eo pipefail\n" + "\n".join(given["script"])
        ended = subprocess.run(["bash", "-c", script], cwd=project, env=environment, capture_output=True, text=True)
        same(ended.returncode, status)
        issues = json.loads(report.read_text())
        same(len(issues), count)
        assert ("a.txt:1:17" in ended.stdout) == bool(count), ended.stdout
    # It is kept when the job fails, which is when there is something in it.
    same(given["artifacts"]["when"], "always")


def main():
    program, top = (Path(one).resolve() for one in sys.argv[1:])
    check("pre-commit: hooks", hooks, program, top)
    check("GitHub: action", action, program, top)
    check("GitHub: workflow", workflow, program, top)
    check("GitLab: job", job, program, top)
    print(f"{len(failures)} failed" if failures else "all passed")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
