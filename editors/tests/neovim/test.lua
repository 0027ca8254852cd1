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
  local done = vim.wait(60000, condition, 50)
  if not done then
    check(what, false, "nothing came in a minute")
    finish()
  end
end

--- The text of the buffer.
local function text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n")
end

local function client()
  return (vim.lsp.get_clients or vim.lsp.get_active_clients)({ bufnr = 0, name = "rubricator" })[1]
end

--- The answer of a client; its functions are methods since 0.11.
local function request(client, method, params)
  if vim.fn.has("nvim-0.11") == 1 then
    return client:request_sync(method, params, 10000, 0)
  end
  return client.request_sync(method, params, 10000, 0)
end

--- Puts the cursor on the `nth` occurrence of `words`.
local function go_to(words, nth)
  local all, at = text(), 0
  for _ = 1, nth or 1 do
    at = assert(all:find(words, at + 1, true), words)
  end
  local _, line = all:sub(1, at - 1):gsub("\n", "")
  local start = all:sub(1, at - 1):match("()[^\n]*$")
  vim.api.nvim_win_set_cursor(0, { line + 1, at - start })
end

--- Sends a request about the `nth` occurrence of `words` and gives its result.
local function ask(method, words, nth, more)
  go_to(words, nth)
  local params = vim.lsp.util.make_position_params(0, client().offset_encoding)
  params.context = { includeDeclaration = true, diagnostics = {}, triggerKind = 1 }
  params.range = { start = params.position, ["end"] = params.position }
  params.positions = { params.position }
  local answer = request(client(), method, vim.tbl_extend("force", params, more or {}))
  return answer and answer.result, client()
end

--- The words of the buffer at a range, in the client's units.
local function words_at(range)
  local function column(place)
    local line = vim.api.nvim_buf_get_lines(0, place.line, place.line + 1, false)[1] or ""
    return vim.lsp.util._get_line_byte_from_position(0, place, client().offset_encoding), line
  end
  local from, line = column(range.start)
  return line:sub(from + 1, (column(range["end"])))
end

--- What the client asks the server, and gets.
local function requests()
  local marks = ask("textDocument/documentHighlight", "Khrushchev")
  check("a name is marked wherever it stands", marks and #marks == 2, marks)
  local declared = ask("textDocument/declaration", "Khrushchev", 2)
  check("a name is declared where it is first", declared and declared[1].range.start.line == 8, declared)

  local items = ask("textDocument/completion", "Khrushchev", 1, {
    position = { line = 8, character = ("At the congress Mr Khr"):len() },
  })
  local item = items and items.items[1] or {}
  check("a name is completed", item.label == "Khrushchev", items)
  local card = request(client(), "completionItem/resolve", item)
  local shown = card and card.result.documentation
  check("what is completed has its card", shown and shown.value:find("Хрущёв", 1, true), card)

  local symbols = ask("textDocument/documentSymbol", "Notes")
  local names = {}
  for _, one in ipairs(symbols or {}) do
    names[one.name] = true
  end
  check("the notes are a symbol", names["Notes"], symbols)
  check("so are the figures that are named", names["Nikita Khrushchev"], symbols)
  local found = request(client(), "workspace/symbol", { query = "trotsky" })
  check("a figure is a symbol of the corpus", found and found.result[1].name == "Leon Trotsky", found)

  local before = ask("textDocument/prepareRename", "Khrushchev")
  check("a name can be renamed", before and before.placeholder == "Khrushchev", before)
  local lenses = ask("textDocument/codeLens", "Notes")
  check("a note says how many lead to it", lenses and lenses[1].command.title == "1 reference", lenses)
  local grown = ask("textDocument/selectionRange", "collective")
  check("a selection grows", grown and words_at(grown[1].range) == "collective", grown)
  local folds = ask("textDocument/foldingRange", "Notes")
  check("the notes fold", folds and #folds > 0, folds)

  local tokens = ask("textDocument/semanticTokens/full", "Khrushchev")
  check("figures are tokens", tokens and #tokens.data >= 15 and tokens.resultId ~= nil, tokens)
  local delta = ask("textDocument/semanticTokens/full/delta", "Khrushchev", 1, {
    previousResultId = tokens and tokens.resultId,
  })
  check("without a change there is no delta", delta and delta.edits and #delta.edits == 0, delta)
end

--- What a user calls, where this Neovim has it.
local function functions()
  go_to("Khrushchev", 2)
  vim.lsp.buf.hover()
  wait_for("a window with the card", function()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      local shown = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false)
      if vim.api.nvim_win_get_config(window).relative ~= "" and table.concat(shown):find("Хрущёв") then
        vim.api.nvim_win_close(window, true)
        return true
      end
    end
  end)
  check("hover opens a window", true)

  vim.lsp.buf.rename("Chruschtschow")
  wait_for("the new name", function()
    return text():find("Mr Chruschtschow’s", 1, true) ~= nil
  end)
  check("rename writes the name everywhere", not text():find("Khrushchev", 1, true), text())
  -- It changed the authority, too.
  vim.cmd("silent wall")

  vim.lsp.buf.document_highlight()
  check("document highlight is asked for", true)
  if vim.lsp.semantic_tokens then
    wait_for("tokens of the buffer", function()
      local line, column = unpack(vim.api.nvim_win_get_cursor(0))
      local at = vim.lsp.semantic_tokens.get_at_pos
        and vim.lsp.semantic_tokens.get_at_pos(0, line - 1, column)
      return at and at[1] and at[1].type == "figure"
    end)
    check("the name under the cursor is a figure's", true)
  end
  if vim.lsp.inlay_hint and vim.lsp.inlay_hint.get then
    vim.lsp.inlay_hint.enable(true, { bufnr = 0 })
    wait_for("inlay hints", function()
      return #vim.lsp.inlay_hint.get({ bufnr = 0 }) > 0
    end)
    local hint = vim.lsp.inlay_hint.get({ bufnr = 0 })[1].inlay_hint
    check("a hint shows the years of a life", hint.label == "1894–1971", hint)
  end
  vim.lsp.codelens.refresh({ bufnr = 0 })
  wait_for("numbers of references", function()
    return #vim.lsp.codelens.get(0) > 0
  end)
  local lens = vim.lsp.codelens.get(0)[1]
  check("the number of references is shown", lens and lens.command.title == "1 reference", lens)
  local pulls = client().server_capabilities.diagnosticProvider
  check("diagnostics are sent, not asked for", pulls == nil, pulls)
end

--- A client that asks for diagnostics, over its own functions.
local function pulling()
  local able = vim.lsp.protocol.make_client_capabilities()
  if not (able.textDocument or {}).diagnostic then
    return
  end
  vim.cmd("edit " .. vim.env.CORPUS .. "/pulled.txt")
  vim.api.nvim_buf_set_lines(0, 0, -1, false, { "He said ‘no and went." })
  local id = vim.lsp.start({
    name = "pulling",
    cmd = { vim.env.RUBRICATOR, "server" },
    root_dir = vim.env.CORPUS,
    capabilities = able,
  })
  wait_for("diagnostics that were asked for", function()
    local namespace = vim.lsp.diagnostic.get_namespace(id, true, "rubricator")
    return #vim.diagnostic.get(0, { namespace = namespace }) == 1
  end)
  check("diagnostics come to those who ask", true)
  local asked = vim.lsp.get_client_by_id(id)
  local all = request(asked, "workspace/diagnostic", { previousResultIds = {} })
  check("so do those of all files", all and #all.result.items >= 2, all)
  vim.lsp.stop_client(id)
  vim.cmd("bdelete!")
end

--- What is written into the configuration is heeded, though Neovim watches no files here.
local function configuration()
  local corpus = vim.env.CORPUS
  local buffer = vim.api.nvim_get_current_buf()
  vim.cmd("edit " .. corpus .. "/rubricator.toml")
  vim.api.nvim_buf_set_lines(0, 0, -1, false, { "[rules]", 'unbalanced-quotes = "off"' })
  vim.cmd("silent write")
  wait_for("silence", function()
    return #vim.diagnostic.get(buffer) == 0
  end)
  check("a rule that is switched off is silent", true)
  vim.api.nvim_buf_set_lines(0, 0, -1, false, { "[rules]", 'unbalanced-quotes = "warning"' })
  vim.cmd("silent write")
  vim.cmd("buffer " .. buffer)
  wait_for("the finding", function()
    return #vim.diagnostic.get(buffer) == 1
  end)

  vim.cmd("RubricatorCheck " .. corpus)
  local listed = vim.fn.getqflist()
  check("the list of quickfix has the finding", #listed == 1 and listed[1].lnum == 11, listed)
  vim.cmd("cclose")
end

local function main()
  vim.opt.runtimepath:append(vim.env.PLUGIN)
  require("rubricator").setup({
    cmd = { vim.env.RUBRICATOR, "server" },
    settings = { inlayHints = true },
  })
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
  -- Its edit is made when it is chosen.
  local chosen = request(client, "codeAction/resolve", actions[1])
  vim.lsp.util.apply_workspace_edit(chosen.result.edit, client.offset_encoding)
  wait_for("the fix is seen", function()
    return #vim.diagnostic.get(0) == 1
  end)
  local line = vim.api.nvim_buf_get_lines(0, 10, 11, false)[1]
  check("the fix is applied", line:find("and Trotsky had", 1, true) ~= nil, line)

  requests()
  functions()
  configuration()
  pulling()

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
