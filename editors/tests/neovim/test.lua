-- The plugin and the server in a real Neovim, over its own client.
-- Run with RUBRICATOR (the program), PLUGIN (the plugin's folder) and CORPUS (a copy of the
-- fixture) in the environment; ends with status 1 if something fails.

local passed, failed = 0, 0

local function check(what, condition, detail)
  if condition then
    passed = passed + 1
    io.stdout:write("ok   " .. what .. "\n")
  else
    failed = failed + 1
    io.stdout:write("FAIL " .. what .. ": " .. vim.inspect(detail) .. "\n")
  end
end

local function finish()
  io.stdout:write(("%d passed, %d failed\n"):format(passed, failed))
  vim.cmd((failed > 0 or passed == 0) and "cquit 1" or "qall!")
end

local function wait_for(what, condition)
  local done = vim.wait(15000, condition, 50)
  if not done then
    check(what, false, "nothing came in 15 seconds")
    finish()
  end
end

--- Sends a request about the `nth` occurrence of `words` and gives its result.
local function ask(method, words, nth)
  local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n")
  local at = 0
  for _ = 1, nth or 1 do
    at = assert(text:find(words, at + 1, true), words)
  end
  local _, line = text:sub(1, at - 1):gsub("\n", "")
  local start = text:sub(1, at - 1):match("()[^\n]*$")
  vim.api.nvim_win_set_cursor(0, { line + 1, at - start })
  local client = (vim.lsp.get_clients or vim.lsp.get_active_clients)({ bufnr = 0 })[1]
  local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
  params.context = { includeDeclaration = true, diagnostics = {} }
  params.range = { start = params.position, ["end"] = params.position }
  local answer = client.request_sync(method, params, 10000, 0)
  return answer and answer.result, client
end

local function main()
  vim.opt.runtimepath:append(vim.env.PLUGIN)
  require("rubricator").setup({ cmd = { vim.env.RUBRICATOR, "server" } })
  vim.cmd("filetype on")
  vim.cmd("edit " .. vim.env.CORPUS .. "/thaw.txt")
  wait_for("diagnostics", function()
    return #vim.diagnostic.get(0) >= 2
  end)

  local codes = vim.tbl_map(function(one)
    return one.code
  end, vim.diagnostic.get(0))
  table.sort(codes)
  check("findings", vim.deep_equal(codes, { "name-variant", "unbalanced-quotes" }), codes)

  local hover = ask("textDocument/hover", "Khrushchev")
  local card = hover and hover.contents.value or ""
  check("hover shows the figure", card:find("Никита Сергеевич Хрущёв", 1, true) ~= nil, card)
  check("hover counts the spellings", card:find("Khrushchev × 2", 1, true) ~= nil, card)

  local entry = ask("textDocument/definition", "Khrushchev")
  check("a name leads to its entry", entry and entry[1].uri:match("figures%.toml$"), entry)
  local note = ask("textDocument/definition", "[1]")
  check("a marker leads to its note", note and note[1].range.start.line == 14, note)
  local mentions = ask("textDocument/references", "Khrushchev", 2)
  check("all mentions are found", mentions and #mentions == 2, mentions)

  local actions, client = ask("textDocument/codeAction", "Trotskii")
  check("a fix is offered", actions and actions[1].title == "Write “Trotsky”", actions)
  vim.lsp.util.apply_workspace_edit(actions[1].edit, client.offset_encoding)
  wait_for("the fix is seen", function()
    return #vim.diagnostic.get(0) == 1
  end)
  local line = vim.api.nvim_buf_get_lines(0, 10, 11, false)[1]
  check("the fix is applied", line:find("and Trotsky had", 1, true) ~= nil, line)

  vim.cmd("checkhealth rubricator")
  local report = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n")
  check("checkhealth finds the server", report:find("the server is running", 1, true) ~= nil, report)
  finish()
end

local fine, problem = xpcall(main, debug.traceback)
if not fine then
  check("the test runs", false, problem)
  finish()
end
