autocmd BufNewFile,BufRead *.kgraph setfiletype kgraph
autocmd BufNewFile,BufRead * if getline(1) =~# '^#!.*\<kamaelia\>' | setfiletype kgraph | endif
