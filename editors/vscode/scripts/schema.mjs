// Writes schemas/rubricator.schema.json, which the program makes from its own configuration.
// Run with the program as argument; without one the release build of this repository is asked.

import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const extension = join(import.meta.dirname, "..");
const suffix = process.platform === "win32" ? ".exe" : "";
const program = process.argv[2] ?? join(extension, `../../target/release/rubricator${suffix}`);
const schema = execFileSync(program, ["config", "schema"], { encoding: "utf8" });
JSON.parse(schema);
mkdirSync(join(extension, "schemas"), { recursive: true });
writeFileSync(join(extension, "schemas/rubricator.schema.json"), schema);
