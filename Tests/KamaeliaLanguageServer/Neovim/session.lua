-- Uses the server through Neovim's own client, and prints what comes of it, a line a fact.
--
-- Run as: nvim --headless -u NONE -i NONE main.kgraph -l, or -c "luafile session.lua", with KAMAELIA naming the program.
local function say(...) io.stdout:write(table.concat(vim.tbl_map(tostring, { ... }), ' '), '\n') end

local buffer = vim.api.nvim_get_current_buf()
local client = vim.lsp.start_client({ cmd = { vim.env.KAMAELIA, 'lsp' }, root_dir = vim.fn.getcwd(), name = 'kamaelia' })
vim.lsp.buf_attach_client(buffer, client)

local function line(number) return vim.api.nvim_buf_get_lines(buffer, number, number + 1, false)[1] end
local function ask(method, params)
  local answers = vim.lsp.buf_request_sync(buffer, method, params, 10000) or {}
  local answer = answers[client] or {}
  return answer.result, answer.err or answer.error
end
local function at(row, column)
  return { textDocument = vim.lsp.util.make_text_document_params(buffer), position = { line = row, character = column } }
end
local function diagnostics(count)
  vim.wait(10000, function() return #vim.diagnostic.get(buffer) == count end, 5)
  for _, found in ipairs(vim.diagnostic.get(buffer)) do say('diagnostic', found.lnum, found.col, found.code, found.message) end
  if #vim.diagnostic.get(buffer) == 0 then say('no diagnostics') end
end

diagnostics(1)

local params = at(0, 0)
params.range = { start = { line = 2, character = 0 }, ['end'] = { line = 2, character = 4 } }
params.context = { diagnostics = {} }
for _, action in ipairs(ask('textDocument/codeAction', params) or {}) do
  say('action', action.title)
  vim.lsp.util.apply_workspace_edit(action.edit, 'utf-16')
end
say('line', line(2))
diagnostics(0)

vim.lsp.buf.formatting_sync({}, 10000)
say('formatted', line(2))

local hover = ask('textDocument/hover', at(2, 10))
say('hover', vim.split(hover.contents.value, '\n')[2])
say('definition', vim.inspect(ask('textDocument/definition', at(2, 1))[1].range.start, { newline = '', indent = '' }))

local source = ask('textDocument/definition', at(1, 8))[1]
say('source', vim.fn.fnamemodify(vim.uri_to_fname(source.uri), ':t'))

-- A line is begun, and completed with what the server offers first.
vim.api.nvim_buf_set_lines(buffer, 3, 3, false, { 'words -> Pre' })
vim.api.nvim_win_set_cursor(0, { 4, 12 })
local offered = ask('textDocument/completion', at(3, 12))
table.sort(offered.items, function(a, b) return a.sortText < b.sortText end)
for _, item in ipairs(offered.items) do
  if item.label == 'Prefix' then
    say('completion', item.label, item.detail)
    vim.lsp.util.apply_text_edits({ item.textEdit }, buffer, 'utf-16')
  end
end
say('line', line(3))
vim.api.nvim_buf_set_lines(buffer, 3, 4, false, { 'words -> Prefix(' })
local help = ask('textDocument/signatureHelp', at(3, 16))
say('signature', help.signatures[1].label)
vim.api.nvim_buf_set_lines(buffer, 3, 4, false, {})

local function rename(name)
  local where = at(2, 1)
  where.newName = name
  local edit, refused = ask('textDocument/rename', where)
  if refused then say('refused', refused.message) else vim.lsp.util.apply_workspace_edit(edit, 'utf-16') end
end
rename('no name')
rename('found')
for number = 0, vim.api.nvim_buf_line_count(buffer) - 1 do say('text', line(number)) end
diagnostics(0)

for _, symbol in ipairs(ask('textDocument/documentSymbol', { textDocument = at(0, 0).textDocument })) do
  say('symbol', symbol.name, symbol.detail)
end
for _, lens in ipairs(ask('textDocument/codeLens', { textDocument = at(0, 0).textDocument })) do
  say('lens', lens.command.title)
end

vim.lsp.stop_client(client)
vim.wait(10000, function() return vim.lsp.client_is_stopped(client) end, 5)
say('stopped', vim.lsp.client_is_stopped(client))
