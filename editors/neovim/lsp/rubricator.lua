-- For 0.11 and later: vim.lsp.enable("rubricator")
return {
  cmd = { "rubricator", "server" },
  filetypes = { "text", "markdown", "html", "xml" },
  root_markers = { "rubricator.toml", "figures.toml", ".git" },
  before_init = require("rubricator").before_init,
}
