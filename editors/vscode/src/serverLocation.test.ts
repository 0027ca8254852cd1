import assert from "node:assert/strict";
import { test } from "node:test";
import { locateServer, type Surroundings } from "./serverLocation";

function around(files: string[], changes: Partial<Surroundings> = {}): Surroundings {
  return {
    configured: "",
    extension: "/extension",
    searchPath: "/usr/local/bin:/usr/bin",
    platform: "linux",
    isFile: (candidate) => files.includes(candidate),
    ...changes,
  };
}

test("the setting comes first", () => {
  const files = ["/opt/rubricator", "/extension/server/rubricator"];
  assert.deepEqual(locateServer(around(files, { configured: "/opt/rubricator" })), {
    program: "/opt/rubricator",
  });
});

test("a setting that leads nowhere is said", () => {
  const found = locateServer(around(["/usr/bin/rubricator"], { configured: "/no/where" }));
  assert.ok("problem" in found && found.problem.includes("/no/where"));
});

test("the bundled program comes before the PATH", () => {
  const files = ["/extension/server/rubricator", "/usr/bin/rubricator"];
  assert.deepEqual(locateServer(around(files)), { program: "/extension/server/rubricator" });
  assert.deepEqual(locateServer(around(["/usr/bin/rubricator"])), { program: "/usr/bin/rubricator" });
});

test("a relative entry of the PATH is not searched", () => {
  const found = locateServer(around(["bin/rubricator"], { searchPath: "bin:." }));
  assert.ok("problem" in found);
});
