// Writes the folders that are published to npm:
//
//   node pack.js OUT                      OUT/rubricator, the launcher
//   node pack.js OUT linux-x64 PROGRAM    OUT/linux-x64, the program for one platform
//
// The version stands in Cargo.toml alone, so it is filled in here.
"use strict";

const fs = require("node:fs");
const path = require("node:path");

/** What npm has to find on a machine to install the package; named as Node names them. */
const PLATFORMS = {
  "linux-x64": { os: ["linux"], cpu: ["x64"], libc: ["glibc"] },
  "linux-arm64": { os: ["linux"], cpu: ["arm64"], libc: ["glibc"] },
  "darwin-x64": { os: ["darwin"], cpu: ["x64"] },
  "darwin-arm64": { os: ["darwin"], cpu: ["arm64"] },
  "win32-x64": { os: ["win32"], cpu: ["x64"] },
};

const top = path.join(__dirname, "..", "..");
const manifest = JSON.parse(fs.readFileSync(path.join(__dirname, "package.json"), "utf8"));
const version = /^version = "(.+)"$/m.exec(fs.readFileSync(path.join(top, "Cargo.toml"), "utf8"))[1];

function write(folder, contents, files) {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "package.json"), `${JSON.stringify(contents, null, 2)}\n`);
  for (const [name, source, mode] of files) {
    fs.copyFileSync(source, path.join(folder, name));
    fs.chmodSync(path.join(folder, name), mode);
  }
  console.log(folder);
}

const licences = ["LICENSE-MIT", "LICENSE-APACHE"].map((name) => [name, path.join(top, name), 0o644]);

function launcher(out) {
  const names = Object.keys(PLATFORMS).map((platform) => [`@rubricator/${platform}`, version]);
  write(
    path.join(out, "rubricator"),
    { ...manifest, version, optionalDependencies: Object.fromEntries(names) },
    [
      ["launch.js", path.join(__dirname, "launch.js"), 0o755],
      ["README.md", path.join(__dirname, "README.md"), 0o644],
      ...licences,
    ],
  );
}

function platform(out, name, program) {
  const { license, repository } = manifest;
  const file = name.startsWith("win32") ? "rubricator.exe" : "rubricator";
  write(
    path.join(out, name),
    {
      name: `@rubricator/${name}`,
      version,
      description: `The program of the package rubricator, for ${name}`,
      license,
      repository,
      ...PLATFORMS[name],
      // A program cannot be run from within an archive, where Yarn would leave it.
      preferUnplugged: true,
    },
    [[file, program, 0o755], ...licences],
  );
}

const [out, name, program, ...rest] = process.argv.slice(2);
if (out !== undefined && name === undefined) {
  launcher(out);
} else if (Object.hasOwn(PLATFORMS, name ?? "") && program !== undefined && rest.length === 0) {
  platform(out, name, program);
} else {
  console.error(`usage: node pack.js OUT [${Object.keys(PLATFORMS).join("|")} PROGRAM]`);
  process.exit(2);
}
