// The extension and the server in a real VS Code, driven through its page.
// Run with TOOLS (where code-server and playwright-core are installed), VSIX (the packaged
// extension), RUBRICATOR (the program) and CORPUS (a copy of the fixture) in the environment;
// with SHOTS, pictures are left in that folder. Ends with status 1 if something fails.

import { spawn, execFileSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { TOOLS, VSIX, RUBRICATOR, CORPUS, SHOTS } = process.env;
const require = createRequire(join(TOOLS, "package.json"));
const { chromium } = require("playwright-core");

const home = mkdtempSync(join(tmpdir(), "rubricator-vscode-"));
const entry = join(TOOLS, "node_modules/code-server/out/node/entry.js");
const folders = ["--user-data-dir", join(home, "data"), "--extensions-dir", join(home, "extensions")];

let passed = 0;
let failed = 0;

function check(what, condition, detail) {
  if (condition) {
    passed += 1;
    console.log(`ok   ${what}`);
  } else {
    failed += 1;
    console.log(`FAIL ${what}: ${JSON.stringify(detail)}`);
  }
}

/** A port that nobody listens on. */
function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Long enough for a machine that does ten other things: nothing waits longer than it must. */
const PATIENCE = 60;

async function until(what, attempt, seconds = PATIENCE) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    let why = "";
    const result = await attempt().catch((error) => {
      why = ` (${error})`;
    });
    if (result) {
      return result;
    }
    if (Date.now() > end) {
      throw new Error(`nothing came in ${seconds} seconds: ${what}${why}`);
    }
    await new Promise((resume) => setTimeout(resume, 200));
  }
}

function install() {
  execFileSync("node", [entry, ...folders, "--install-extension", VSIX], { stdio: "ignore" });
  // A setting for one machine counts on the machine that the files are on.
  writeSettings("Machine", { "rubricator.server.path": RUBRICATOR });
  writeSettings("User", USER);
}

const USER = {
  "workbench.startupEditor": "none",
  "editor.hover.delay": 100,
  // What is told of a file where the mouse rests would lie over the files below it.
  "workbench.hover.delay": 600_000,
  "editor.wordWrap": "on",
  "window.commandCenter": false,
  "security.workspace.trust.startupPrompt": "never",
  // A mark that is typed over a selection stands for it.
  "editor.autoSurround": "never",
  "editor.autoClosingQuotes": "never",
  "editor.linkedEditing": true,
  "editor.formatOnType": true,
  "rubricator.formatOnType": true,
};

function writeSettings(owner, settings) {
  mkdirSync(join(home, "data", owner), { recursive: true });
  writeFileSync(join(home, "data", owner, "settings.json"), JSON.stringify(settings));
}

function serve(port, log, ...options) {
  const quiet = ["--auth", "none", "--disable-telemetry", "--disable-update-check"];
  const place = [...options, "--bind-addr", `127.0.0.1:${port}`, CORPUS];
  // Its page is served from here only, so nothing that the environment says of ports or
  // certificates may reach it.
  return spawn("node", [entry, ...folders, ...quiet, ...place], {
    stdio: ["ignore", log, log],
    env: { PATH: process.env.PATH, HOME: home },
  });
}

/** What the tests do in the page, each as a person would. */
class Editor {
  constructor(page) {
    this.page = page;
  }

  async open(name) {
    const row = `.explorer-folders-view .monaco-list-row[aria-label^="${name}"]`;
    await until(`${name} is open`, async () => {
      await this.page.mouse.move(700, 600);
      await this.page.dblclick(row, { timeout: 10_000 });
      return until(`the title ${name}`, async () => (await this.title()).includes(name), 10);
    });
  }

  title() {
    return this.page.locator(".tab.active .label-name").first().innerText();
  }

  /** What the lines on the screen show, in no certain order. */
  text() {
    const lines = this.page.locator(".editor-instance .view-line");
    return lines.allInnerTexts().then((all) => all.join("\n").replaceAll("\u00a0", " "));
  }

  /** The middle and the left end of the first place on the screen that shows `words`. */
  async place(words) {
    const box = await this.page.evaluate((wanted) => {
      const lines = document.querySelector(".editor-instance .view-lines");
      const walker = document.createTreeWalker(lines, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.replaceAll("\u00a0", " ").indexOf(wanted);
        if (at >= 0) {
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + wanted.length);
          const { x, y, width, height } = range.getBoundingClientRect();
          return { x: x + width / 2, y: y + height / 2, left: x };
        }
      }
      return undefined;
    }, words);
    if (!box) {
      throw new Error(`“${words}” is not on the screen`);
    }
    return box;
  }

  async click(words) {
    const { x, y } = await this.place(words);
    await this.page.mouse.click(x, y);
  }

  /** Puts the cursor before `words`. */
  async putBefore(words) {
    const { left, y } = await this.place(words);
    await this.page.mouse.click(left + 1, y);
  }

  /** How many letters are selected, as the status bar says; 0 if none are. */
  async selected() {
    const place = await this.page.locator(".statusbar-item", { hasText: /Ln \d/ }).innerText();
    return Number(/\((\d+) selected/.exec(place)?.[1] ?? 0);
  }

  async hover(words) {
    const { x, y } = await this.place(words);
    await this.page.mouse.move(x - 3, y);
    await this.page.mouse.move(x, y);
    const card = this.page.locator(".monaco-hover:not(.hidden) .monaco-hover-content").first();
    await card.waitFor();
    return card.innerText();
  }

  /** The extension's item in the status bar. */
  get statusItem() {
    return this.page.locator(".statusbar-item", { hasText: "Rubricator" });
  }

  status() {
    return this.statusItem.innerText();
  }

  /** The titles in the command palette that start with `words`. */
  async palette(words) {
    await this.page.keyboard.press("F1");
    await this.page.locator(".quick-input-widget input[type=text]").first().fill(`>${words}`);
    const rows = this.page.locator(".quick-input-list .monaco-list-row .label-name");
    let before = "";
    return until(`commands for “${words}”`, async () => {
      const titles = (await rows.allInnerTexts()).map((title) => title.replaceAll("\u00a0", " "));
      // The list is filled bit by bit, and at first it is that of an empty box.
      const isWhole = titles.join() === before && titles.every((title) => title.startsWith(words));
      before = titles.join();
      return isWhole && titles.length > 0 && titles;
    });
  }

  async command(title) {
    await this.page.keyboard.press("F1");
    await this.choose(title, ">");
  }

  /** Chooses from the list that is open. By keys: the list moves while it is being filled. */
  async choose(title, prefix = "") {
    await this.page.locator(".quick-input-widget input[type=text]").first().fill(prefix + title);
    const row = this.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: title });
    await row.waitFor();
    await this.page.keyboard.press("Enter");
  }

  /** The row of the view of figures that shows `words`. */
  row(words) {
    return this.page.locator(".pane-body .monaco-list-row", { hasText: words }).first();
  }

  async shot(name, clip) {
    if (SHOTS) {
      mkdirSync(SHOTS, { recursive: true });
      // What comes up fades in.
      await this.page.waitForTimeout(500);
      await this.page.screenshot({ path: join(SHOTS, `${name}.png`), clip });
    }
  }
}

/** What the server shows of a text, and what one does with it. */
async function testText(page) {
  const editor = new Editor(page);
  await editor.open("thaw.txt");
  await page.waitForSelector(".squiggly-warning");
  await until("two findings", async () => (await page.locator(".squiggly-warning").count()) === 2);
  check("two findings are underlined", true);
  await until("the count", async () => (await editor.status()).includes("Rubricator: 2"));
  check("the status item counts them", true);

  const card = await until("the card", async () => {
    const text = await editor.hover("Khrushchev");
    return text.includes("Хрущёв") && text;
  });
  check("hover shows the figure", card.includes("Никита Сергеевич Хрущёв"), card);
  check("hover counts the spellings", card.includes("Khrushchev × 2"), card);
  // The README shows this one, the quick fix and the figures, kept small.
  await editor.shot("hover", { x: 323, y: 87, width: 680, height: 303 });
  await page.keyboard.press("Escape");

  await editor.click("Khrushchev");
  await page.keyboard.press("F12");
  await until("the entry", async () => (await editor.title()) === "figures.toml");
  await until("its text", async () => (await editor.text()).includes('id = "khrushchev"'));
  check("F12 on a name opens its entry", true);
  check("the authority is not proofread", (await page.locator(".squiggly-warning").count()) === 0);
  await editor.shot("definition");

  await editor.open("thaw.txt");
  await editor.click("Khrushchev");
  await page.keyboard.press("Shift+F12");
  const mentions = page.locator(".peekview-widget .referenceMatch, .peekview-widget .monaco-list-row .referenceMatch");
  await until("the mentions", async () => (await mentions.count()) === 2);
  check("Shift+F12 lists all mentions", true);
  await editor.shot("references");
  await page.keyboard.press("Escape");

  await editor.click("Mikoyan");
  await page.keyboard.press("F2");
  const box = page.locator(".rename-box input");
  await box.waitFor();
  await box.fill("Mikoian");
  await page.keyboard.press("Enter");
  await until("the new name", async () => (await editor.text()).includes("Mikoian"));
  check("F2 renames a name", true);
  await page.keyboard.press("Control+z");
  await until("the old name", async () => (await editor.text()).includes("Mikoyan"));

  await editor.click("Trotskii");
  await page.keyboard.press("Control+.");
  const action = page.locator(".action-widget .monaco-list-row", { hasText: "Write “Trotsky”" }).first();
  await action.waitFor();
  await editor.shot("quick-fix", { x: 323, y: 178, width: 680, height: 245 });
  // The list takes the keys; a click would meet the sheet that lies over the page.
  await page.keyboard.press("Enter");
  await until("the fix", async () => (await editor.text()).includes("Trotsky"));
  await until("one finding", async () => (await page.locator(".squiggly-warning").count()) === 1);
  check("a quick fix writes the corpus's spelling", true);

  await page.keyboard.press("Control+s");
  const saved = () => readFileSync(join(CORPUS, "thaw.txt"), "utf8");
  await until("the file is saved", async () => saved().includes("and Trotsky had"));
  check("the file holds the fix", true);
  await until("the new count", async () => (await editor.status()).includes("Rubricator: 1"));
  check("the status item counts again", true);
}

/** A file with a finding that no test opens. */
function addClosedFile() {
  writeFileSync(join(CORPUS, "closed.txt"), "Mr Khrushchev said: “We shall go on. Nobody\nanswered him.\n");
}

/** The view of the figures. */
async function testFigures(page) {
  const editor = new Editor(page);
  await page.locator('.activitybar .action-label[aria-label="Rubricator"]').click();
  const figure = editor.row("Nikita Khrushchev");
  await figure.waitFor();
  const label = await figure.getAttribute("aria-label");
  check("the view has a figure with its count", label.includes("Nikita Khrushchev, 2 mentions"), label);
  check("a figure shows its count", (await figure.innerText()).includes("2"), await figure.innerText());

  await figure.click();
  await editor.row("thaw.txt:9").waitFor();
  await editor.row("thaw.txt:11").click();
  const selected = page.locator('.statusbar-item[id="status.editor.selection"]');
  const place = () => selected.innerText();
  await until("the mention", async () => (await place()).includes("Ln 11, Col 55 (10 selected)"));
  check("a click opens the mention", true);
  await editor.shot("figures", { x: 48, y: 30, width: 940, height: 303 });

  addClosedFile();
  await page.locator('.action-label[aria-label*="Refresh the Figures"]').first().click();
  const counted = () => editor.row("Nikita Khrushchev").getAttribute("aria-label");
  await until("the new count", async () => (await counted()).includes("3 mentions"));
  check("the button reads the figures again", true);

  await editor.click("Mikoyan");
  await page.keyboard.press("Control+End");
  await page.keyboard.type("Mr Khrushchev agreed.");
  await page.keyboard.press("Control+s");
  await until("one more mention", async () => (await counted()).includes("4 mentions"));
  check("a save reads the figures again", true);
}

/** The commands, from the palette and from the status item. */
async function testCommands(page) {
  const editor = new Editor(page);
  await page.keyboard.press("Control+Shift+e");
  const titles = await editor.palette("Rubricator: ");
  const expected = [
    "Check the Corpus",
    "Create a Configuration",
    "Open the Report of the Figures",
    "Refresh the Figures",
    "Restart the Server",
    "Show the Log",
  ];
  const missing = expected.filter((title) => !titles.includes(`Rubricator: ${title}`));
  check("the palette has the commands", missing.length === 0, titles);
  check("the palette has no inner command", !titles.some((title) => title.includes("Mention")), titles);
  await editor.shot("palette");
  await page.keyboard.press("Escape");

  await editor.statusItem.click();
  await editor.choose("Restart the Server");
  await editor.command("Rubricator: Show the Log");
  const log = page.locator(".part.panel .view-line");
  const starts = async () => (await log.allInnerTexts()).filter((line) => line.startsWith("Starting")).length;
  await until("the second start", async () => (await starts()) === 2);
  check("the status item leads to the commands", true);
  check("the log tells what the server does", true);
  await editor.open("thaw.txt");
  await until("the server runs again", async () => /Rubricator: \d/.test(await editor.status()));

  await editor.command("Rubricator: Check the Corpus");
  await page.keyboard.press("Control+Shift+m");
  const problem = page.locator(".markers-panel .monaco-list-row", { hasText: "rubricator check" });
  await problem.first().waitFor();
  const all = (await problem.allInnerTexts()).join("\n");
  check("the check lists what a closed file has", all.includes("unbalanced-quotes"), all);
  check("what an open file has is not listed twice", (await problem.count()) === 1, all);
  await editor.shot("check");

  await editor.command("Rubricator: Create a Configuration");
  await until("the configuration", async () => (await editor.title()) === "rubricator.toml");
  check("a configuration is made and opened", readFileSync(join(CORPUS, "rubricator.toml"), "utf8") !== "");

  await page.keyboard.press("Control+j");
  await editor.command("Welcome: Open Walkthrough...");
  await editor.choose("Proofread Transcriptions");
  const steps = page.locator(".gettingStartedContainer .step-title");
  await until("the steps", async () => (await steps.count()) >= 5);
  const shown = await page.locator(".gettingStartedContainer").innerText();
  check("the walkthrough has its steps", shown.includes("Read a squiggle"), shown);
  await editor.shot("walkthrough");
}

/** What is shown of quotations: the partner of a mark, a selection that grows, a long one folded. */
async function testQuotations(page) {
  const editor = new Editor(page);
  const file = join(CORPUS, "quoted.txt");
  const inner = "“the harvest was good”";
  const whole = `‘It says that ${inner} and no more.’`;
  const paragraph = `‘I have the report,’ said the clerk. ${whole}`;
  const speech = "‘So much for the harvest.\n\n‘Of the mines they say nothing.\n\n‘And nobody asked.’";
  writeFileSync(file, `${paragraph}\n\n${speech}\n\nThe meeting was closed.\n`);
  await page.keyboard.press("Control+Shift+e");
  await editor.open("quoted.txt");
  await until("the text", async () => (await editor.text()).includes("closed"));
  await until("it is clean", async () => (await editor.status()).includes("Rubricator") && !/[1-9]/.test(await editor.status()));

  const lit = page.locator(".wordHighlight, .wordHighlightStrong, .wordHighlightText");
  const litAt = () => lit.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().x));
  await editor.putBefore("the harvest");
  const ends = [(await editor.place("“")).left, (await editor.place("”")).left];
  await until("the two marks", async () => {
    const at = await litAt();
    return at.length === 2 && ends.every((end) => at.some((x) => Math.abs(x - end) < 2));
  });
  check("the partner of a mark is highlighted", true);
  await editor.shot("partner");
  await editor.putBefore("So much");
  await until("all marks of the speech", async () => (await litAt()).length === 4);
  check("so are all marks of a quotation over paragraphs", true);
  await editor.shot("partners");

  await editor.click("harvest was");
  const steps = [];
  for (let last = 0; last < paragraph.length; steps.push(last)) {
    await page.keyboard.press("Shift+Alt+ArrowRight");
    const before = last;
    last = await until("the selection grows", async () => {
      const now = await editor.selected();
      return now > before && now;
    });
  }
  const wanted = [inner.length - 2, inner.length, whole.length - 2, whole.length, paragraph.length];
  check("a selection grows by quotations", wanted.every((length) => steps.includes(length)), steps);
  await editor.shot("selection");

  await editor.putBefore("So much");
  await editor.command("Fold All");
  await until("the speech is folded", async () => !(await editor.text()).includes("mines"));
  const left = await editor.text();
  check("a long quotation is folded", left.includes("So much") && left.includes("closed"), left);
  await editor.shot("folded");
  await editor.command("Unfold All");
  rmSync(file);
}

/** Marks that are typed: a pair as one, and typographic ones for straight ones. */
async function testTyping(page) {
  const editor = new Editor(page);
  const file = join(CORPUS, "typed.txt");
  writeFileSync(file, 'He said "so" and went.\n');
  await page.keyboard.press("Control+Shift+e");
  await editor.open("typed.txt");
  await until("the text", async () => (await editor.text()).includes('"so"'));
  await editor.click("went");
  await page.keyboard.press("Control+Home");
  for (let step = 0; step < "He said ".length; step += 1) {
    await page.keyboard.press("ArrowRight");
  }
  await page.locator(".linked-editing-decoration").first().waitFor();
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.type("«");
  await until("the other mark", async () => (await editor.text()).includes("said «so« and"));
  check("two marks of a pair are edited as one", true);

  await page.keyboard.press("Control+End");
  await page.keyboard.type('They said "');
  await until("the document's mark", async () => (await editor.text()).includes("They said «"));
  check("a straight mark becomes the document's as it is typed", true);
  await page.keyboard.type("no...");
  await until("the ellipsis", async () => (await editor.text()).includes("no…"));
  check("so is an ellipsis", true);
  await page.keyboard.press("Control+s");
  await until("the file is saved", async () => readFileSync(file, "utf8").includes("no…"));
  rmSync(file);
}

/** A folder that the user has not trusted, whose settings name a program of its own. */
async function testRestricted(page) {
  const editor = new Editor(page);
  await editor.open("thaw.txt");
  await page.locator(".statusbar-item", { hasText: "Restricted Mode" }).waitFor();
  await until("the findings", async () => /Rubricator: [1-9]/.test(await editor.status()));
  check("a folder without trust is proofread by the user's own program", true);
  await page.keyboard.press("Control+Shift+m");
  const closed = page.locator(".markers-panel .monaco-list-row", { hasText: "closed.txt" });
  await closed.first().waitFor();
  check("a file that is not open is proofread where that is wanted", true);
  await editor.shot("workspace");
  const titles = await editor.palette("Rubricator: ");
  check("tasks wait for trust", !titles.includes("Rubricator: Check the Corpus"), titles);
  await page.keyboard.press("Escape");
  await editor.shot("restricted");
}

/** An editor of its own and its page, with what both say. */
async function launch(browser, options) {
  const port = await freePort();
  const logFile = join(home, `server-${port}.log`);
  const log = openSync(logFile, "w");
  const server = serve(port, log, ...options);
  const page = await browser.newPage({ viewport: { width: 1100, height: 640 } });
  page.setDefaultTimeout(PATIENCE * 1000);
  const said = [];
  page.on("console", (message) => message.type() === "error" && said.push(message.text()));
  return {
    page,
    address: `http://127.0.0.1:${port}/?folder=${encodeURIComponent(CORPUS)}`,
    async tell() {
      const shown = await page.locator("body").innerText().catch(String);
      console.log(`the page shows:\n${shown.slice(0, 2000)}`);
      console.log(`the page's console:\n${said.slice(-20).join("\n")}`);
      console.log(`the editor's server:\n${readFileSync(logFile, "utf8").slice(-2000)}`);
    },
    async end() {
      await page.close();
      server.kill();
      closeSync(log);
    },
  };
}

/** How many editors are started before it is said that none shows the folder. */
const ATTEMPTS = 3;

/**
 * An editor that shows the folder. One that is just starting may answer with a page that says so, or lose
 * the connection behind a page that it has sent: then another one is started.
 */
async function start(browser, options) {
  for (let attempt = 1; ; attempt += 1) {
    const editor = await launch(browser, options);
    const rows = editor.page.locator(".explorer-folders-view .monaco-list-row");
    try {
      await until("the editor's page", async () => (await editor.page.goto(editor.address)).ok());
      await rows.first().waitFor();
      return editor;
    } catch (error) {
      console.log(`attempt ${attempt}: ${error}`);
      await editor.tell();
      await editor.end();
      if (attempt === ATTEMPTS) {
        throw new Error("no editor shows the folder");
      }
    }
  }
}

/** Runs tests in a page of a fresh editor that is started with `options`. */
async function session(browser, options, ...tests) {
  const editor = await start(browser, options);
  try {
    for (const test of tests) {
      await test(editor.page);
    }
  } catch (error) {
    await new Editor(editor.page).shot("failed");
    check("the test runs", false, String(error));
    await editor.tell();
  } finally {
    await editor.end();
  }
}

async function main() {
  install();
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  try {
    await session(browser, ["--disable-workspace-trust"], testText, testFigures, testCommands, testQuotations, testTyping);
    addClosedFile();
    mkdirSync(join(CORPUS, ".vscode"));
    const settings = { "rubricator.server.path": "/bin/false", "rubricator.diagnosticMode": "workspace" };
    writeFileSync(join(CORPUS, ".vscode/settings.json"), JSON.stringify(settings));
    await session(browser, [], testRestricted);
  } finally {
    await browser.close();
    rmSync(home, { recursive: true, force: true });
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

await main();
