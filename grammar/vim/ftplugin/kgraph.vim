" Graphs of Kamaelia: how they are edited, checked and formatted.
if exists("b:did_ftplugin")
  finish
endif
let b:did_ftplugin = 1

setlocal comments=:##,:# commentstring=#\ %s formatoptions-=t formatoptions+=croql
setlocal expandtab shiftwidth=4 softtabstop=4 textwidth=0
setlocal suffixesadd=.kgraph include=^\\s*import iskeyword=@,48-57,_,192-255
" `gq` writes graphs in the one way they are written, `:make` says what is wrong.
setlocal formatprg=kamaelia\ fmt\ -
setlocal makeprg=kamaelia\ check\ --format\ gcc\ %:S
setlocal errorformat=%f:%l:%c:\ %trror:\ %m,%f:%l:%c:\ %tarning:\ %m,%f:%l:%c:\ %tote:\ %m

let b:undo_ftplugin = "setlocal comments< commentstring< formatoptions< expandtab< shiftwidth< softtabstop< textwidth<"
      \ . " suffixesadd< include< iskeyword< formatprg< makeprg< errorformat<"

" Neovim 0.7 and later: what `kamaelia lsp` says while one types.
if has("nvim-0.7") && executable("kamaelia")
  setlocal omnifunc=v:lua.vim.lsp.omnifunc
  let b:undo_ftplugin .= " omnifunc<"
  if has("nvim-0.8")
    lua vim.lsp.start({name = "kamaelia", cmd = {"kamaelia", "lsp"},
          \ root_dir = vim.fs.dirname(vim.api.nvim_buf_get_name(0))})
  else
    lua kamaelia_client = kamaelia_client or vim.lsp.start_client({name = "kamaelia", cmd = {"kamaelia", "lsp"},
          \ root_dir = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(0), ":p:h")})
    lua vim.lsp.buf_attach_client(0, kamaelia_client)
  endif
endif
