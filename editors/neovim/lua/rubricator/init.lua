--- Rubricator for Neovim: starts the language server for transcriptions.
local M = {}

M.filetypes = { "text", "markdown", "html", "xml" }

M.config = {
  cmd = { "rubricator", "server" },
  root_markers = { "rubricator.toml", "figures.toml", ".git" },
}

--- The folder of the corpus that a buffer belongs to.
---@param buffer integer
---@return string|nil
function M.root(buffer)
  local name = vim.api.nvim_buf_get_name(buffer)
  if name == "" then
    return nil
  end
  local found = vim.fs.find(M.config.root_markers, { path = vim.fs.dirname(name), upward = true })[1]
  return found and vim.fs.dirname(found) or vim.fs.dirname(name)
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
  }, { bufnr = buffer })
end

--- Sets the plugin up.
---@param options table|nil `cmd`, `on_attach`, `capabilities`, `root_markers`
function M.setup(options)
  M.config = vim.tbl_extend("force", M.config, options or {})
  -- 0.11 and later start servers themselves; `lsp/rubricator.lua` tells how.
  if vim.lsp.config ~= nil and vim.lsp.enable ~= nil then
    vim.lsp.config("rubricator", {
      cmd = M.config.cmd,
      filetypes = M.filetypes,
      root_markers = M.config.root_markers,
      on_attach = M.config.on_attach,
      capabilities = M.config.capabilities,
    })
    vim.lsp.enable("rubricator")
    return
  end
  vim.api.nvim_create_autocmd("FileType", {
    group = vim.api.nvim_create_augroup("rubricator", { clear = true }),
    pattern = M.filetypes,
    callback = function(event)
      M.start(event.buf)
    end,
  })
end

return M
