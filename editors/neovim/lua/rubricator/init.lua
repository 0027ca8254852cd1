--- Rubricator for Neovim: starts the language server for transcriptions.
local M = {}

M.filetypes = { "text", "markdown", "html", "xml" }

M.config = {
  cmd = { "rubricator", "server" },
  root_markers = { "rubricator.toml", "figures.toml", ".git" },
  --- What the server is told: `inlayHints`, `formatOnType`, `diagnosticMode`.
  settings = {},
}

--- The folder of the corpus that a buffer belongs to; nil where nothing tells how far it
--- reaches: the server then looks at that file's own folder only.
---@param buffer integer
---@return string|nil
function M.root(buffer)
  local name = vim.api.nvim_buf_get_name(buffer)
  if name == "" then
    return nil
  end
  local found = vim.fs.find(M.config.root_markers, { path = vim.fs.dirname(name), upward = true })[1]
  return found and vim.fs.dirname(found)
end

--- Says before the start what the client leaves out. Diagnostics are to be sent, not asked for: when
--- a change elsewhere means that the client has to ask again, 0.10 cannot be told, and 0.12 asks for
--- all files and then leaves out those that are open.
---@param params table those of `initialize`
function M.before_init(params)
  if params.capabilities.textDocument then
    params.capabilities.textDocument.diagnostic = nil
    -- 0.10 can show numbers of references (`vim.lsp.codelens`) and does not say so.
    if vim.lsp.codelens and not params.capabilities.textDocument.codeLens then
      params.capabilities.textDocument.codeLens = { dynamicRegistration = false }
    end
  end
end

--- Starts the server for a buffer, or attaches to the one that serves its corpus.
---@param buffer integer
function M.start(buffer)
  -- The buffers of help, terminals and lists are no transcriptions.
  if vim.bo[buffer].buftype ~= "" or vim.fn.executable(M.config.cmd[1]) ~= 1 then
    return
  end
  vim.lsp.start({
    name = "rubricator",
    cmd = M.config.cmd,
    root_dir = M.root(buffer),
    on_attach = M.config.on_attach,
    capabilities = M.config.capabilities,
    before_init = M.before_init,
    init_options = M.config.settings,
    settings = { rubricator = M.config.settings },
  }, { bufnr = buffer })
end

--- The clients of the running servers.
---@return table[]
function M.clients()
  return (vim.lsp.get_clients or vim.lsp.get_active_clients)({ name = "rubricator" })
end

--- Tells the servers that a file was written: on Linux Neovim watches none for them.
---@param file string
function M.written(file)
  local change = { uri = vim.uri_from_fname(vim.fn.fnamemodify(file, ":p")), type = 2 }
  for _, client in ipairs(M.clients()) do
    -- A method since 0.11, a plain function before.
    if vim.fn.has("nvim-0.11") == 1 then
      client:notify("workspace/didChangeWatchedFiles", { changes = { change } })
    else
      client.notify("workspace/didChangeWatchedFiles", { changes = { change } })
    end
  end
end

--- Puts what `rubricator check` finds in a folder into the list of quickfix.
---@param folder string|nil the corpus of the buffer unless given
function M.check(folder)
  if not folder or folder == "" then
    folder = M.root(vim.api.nvim_get_current_buf()) or vim.fn.getcwd()
  end
  local command = { M.config.cmd[1], "check", "--format", "concise", "--no-progress", folder }
  local lines = vim.fn.systemlist(command)
  if vim.v.shell_error > 1 then
    vim.notify(table.concat(lines, "\n"), vim.log.levels.ERROR)
    return
  end
  vim.fn.setqflist({}, " ", { title = "rubricator check", lines = lines, efm = M.errorformat })
  vim.cmd(#vim.fn.getqflist() > 0 and "copen" or "cclose")
end

--- The lines of `rubricator check --format concise`.
M.errorformat = "%f:%l:%c: %t%*[a-z]%m,%-G%.%#"

--- Sets the plugin up.
---@param options table|nil `cmd`, `on_attach`, `capabilities`, `root_markers`, `settings`
function M.setup(options)
  M.config = vim.tbl_extend("force", M.config, options or {})
  local group = vim.api.nvim_create_augroup("rubricator", { clear = true })
  vim.api.nvim_create_autocmd("BufWritePost", {
    group = group,
    pattern = { "rubricator.toml", "figures.toml", "*.txt", "*.md", "*.html", "*.xhtml", "*.xml", "*.tei" },
    callback = function(event)
      M.written(event.file)
    end,
  })
  vim.api.nvim_create_user_command("RubricatorCheck", function(command)
    M.check(command.args)
  end, { nargs = "?", complete = "dir", desc = "Check a corpus and list what is found" })
  -- The entries tell what the texts say of whom; other files of TOML are nobody's business.
  vim.api.nvim_create_autocmd("BufReadPost", {
    group = group,
    pattern = "figures.toml",
    callback = function(event)
      M.start(event.buf)
    end,
  })
  -- 0.11 and later start servers themselves; `lsp/rubricator.lua` tells how.
  if vim.lsp.config ~= nil and vim.lsp.enable ~= nil then
    vim.lsp.config("rubricator", {
      cmd = M.config.cmd,
      filetypes = M.filetypes,
      root_markers = M.config.root_markers,
      on_attach = M.config.on_attach,
      capabilities = M.config.capabilities,
      before_init = M.before_init,
      init_options = M.config.settings,
      settings = { rubricator = M.config.settings },
    })
    vim.lsp.enable("rubricator")
    return
  end
  vim.api.nvim_create_autocmd("FileType", {
    group = group,
    pattern = M.filetypes,
    callback = function(event)
      M.start(event.buf)
    end,
  })
end

return M
