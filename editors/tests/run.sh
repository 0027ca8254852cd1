#!/usr/bin/env bash
# The plugins in the real editors, with the real server. What is needed is installed outside
# the working tree, in RUBRICATOR_TOOLS; Debian's packages only.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
tools=${RUBRICATOR_TOOLS:-$HOME/.cache/rubricator-tools}
server=$top/target/release/rubricator
[ -x "$server" ] || { echo "build the server first: cargo build --release"; exit 1; }

# Neovim as the next Debian has it, unpacked beside the system: the plugin wants 0.8 or later.
install_neovim() {
  local work=$tools/neovim
  [ -x "$work/root/usr/bin/nvim" ] && return
  echo "installing Neovim in $work"
  rm -rf "$work"
  mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/root"
  : > "$work/status"
  local sources=$work/next.list
  if [ -f /etc/apt/sources.list.d/debian.sources ]; then
    sources=$work/next.sources
    sed 's/bookworm/trixie/g' /etc/apt/sources.list.d/debian.sources > "$sources"
  else
    sed 's/bookworm/trixie/g' /etc/apt/sources.list > "$sources"
  fi
  local options=(-o "Dir::Etc::sourcelist=$sources" -o Dir::Etc::sourceparts=/dev/null
    -o "Dir::State::lists=$work/lists" -o "Dir::Cache=$work/cache" -o "Dir::State::status=$work/status")
  apt-get "${options[@]}" update -qq
  apt-get "${options[@]}" install -qq -y --download-only --no-install-recommends neovim
  local package
  for package in "$work"/cache/archives/*.deb; do
    dpkg -x "$package" "$work/root"
  done
}

run_neovim() {
  local root=$tools/neovim/root loader corpus
  loader=$(find "$root" -name 'ld-linux*' | head -n 1)
  corpus=$(mktemp -d)
  cp "$here"/fixture/* "$corpus"
  VIMRUNTIME=$root/usr/share/nvim/runtime RUBRICATOR=$server PLUGIN=$top/editors/neovim CORPUS=$corpus \
    timeout 120 "$loader" --library-path "$root/usr/lib/$(uname -m)-linux-gnu" "$root/usr/bin/nvim" \
    --clean --headless -l "$here/neovim/test.lua"
  rm -rf "$corpus"
}

# The extension's own build, tests and package.
run_extension() {
  (cd "$top/editors/vscode" && npm ci --no-audit --no-fund --loglevel=error && npm run --silent test &&
    npm run --silent package)
}

if [ ! -f /etc/debian_version ]; then
  echo "Neovim is installed from Debian's packages; this is no Debian, so its test is left out"
elif ! grep -q trixie /etc/os-release && grep -q bookworm /etc/os-release; then
  install_neovim
  run_neovim
else
  echo "only Debian 12 is prepared for; the test in Neovim is left out"
fi
run_extension
