--- `:checkhealth rubricator`
local M = {}

-- 0.8 and 0.9 have the older names only.
local health = vim.health
local start = health.start or health.report_start
local ok = health.ok or health.report_ok
local warn = health.warn or health.report_warn
local fail = health.error or health.report_error

function M.check()
  start("rubricator")
  if vim.fn.has("nvim-0.8") ~= 1 then
    fail("Neovim 0.8 or later is needed")
    return
  end
  local command = require("rubricator").config.cmd[1]
  if vim.fn.executable(command) == 1 then
    ok(vim.trim(vim.fn.system({ command, "--version" })) .. " at " .. vim.fn.exepath(command))
  else
    fail("the program `" .. command .. "` was not found", {
      "install it with `cargo install --path .`, or give its path: setup({ cmd = { \"/path/rubricator\", \"server\" } })",
    })
  end
  local clients = (vim.lsp.get_clients or vim.lsp.get_active_clients)({ name = "rubricator" })
  if #clients > 0 then
    ok("the server is running")
  else
    warn("the server is not running: open a text and call require(\"rubricator\").setup()")
  end
end

return M
