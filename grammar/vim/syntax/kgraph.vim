" Graphs of Kamaelia: colours.
if exists("b:current_syntax")
  finish
endif
let s:cpo = &cpo
set cpo&vim

syntax case match
syntax sync fromstart
syntax iskeyword @,48-57,_,192-255

" Names. What stands further down wins where several fit.
syntax match kgraphName /\<\K\k*\>/
syntax match kgraphType /\<\u\k*\>/
syntax match kgraphGraphType /\<Graph\ze(/
syntax match kgraphWord /\%(^\|\s\)\@1<=\%(-> \)\@3<!\<\%(as\|from\|in\|of\|else\|not\|and\|or\|replicate\|by\|roundRobin\|key\|ordered\|restart\|never\|onFailure\|always\|closed\|within\|nothing\|matching\|recorded\|any\|order\|with\|if\)\>\%(\s*\%(=[^=]\|->\|-\[\|\.\|:\|,\|)\)\)\@!/
syntax match kgraphLabel /\<\K\k*\ze\s*:/
syntax match kgraphParameter /\$\K\k*/
syntax match kgraphBackplane /@\K\k*/
syntax match kgraphBoolean /[.$@]\@1<!\<\%(true\|false\)\>/
syntax match kgraphSelf /[.$@]\@1<!\<self\>/

" Statements, and steps of tests.
syntax match kgraphStatement /\%(^\|{\)\@1<=\s*\zs\<\%(param\|inbox\|outbox\|graph\|import\|backplane\|defaults\|for\|if\|test\|on\|host\)\>\%(\s*\%(=[^=]\|=$\|->\|-\[\|\.\|$\|#\|:\)\)\@!/
syntax match kgraphStep /\%(^\|{\)\@1<=\s*\zs\<\%(send\|close\|expect\|advance\|replace\|cases\)\>\ze\s\+\%(\k\|\$\)/
syntax match kgraphStatement /\%(\<else\s\+\)\@10<=if\>/

" Signs.
syntax match kgraphArrow /->\|-\[/
syntax match kgraphOperator /==\|!=\|<=\|>=\|<\|>\|\.\.\./

" Numbers with their units.
syntax match kgraphNumber /\k\@1<!-\=\%(0x[0-9A-Fa-f_]\+\|\d[0-9_]*\%(\.\d[0-9_]*\)\=\)\%(\%(\%(B\|kB\|MB\|GB\|TB\|KiB\|MiB\|GiB\|TiB\)\=\/\%(ns\|us\|ms\|s\|min\|h\|d\)\|B\|kB\|MB\|GB\|TB\|KiB\|MiB\|GiB\|TiB\|Hz\|kHz\|MHz\|GHz\|ns\|us\|ms\|s\|min\|h\|d\)\k\@!\|%\)\=/

" Texts and commands.
syntax match kgraphEscape /\\\%(u{\x*}\|.\)/ contained
syntax match kgraphInterpolation /\${\k*}\=/ contained
syntax region kgraphText start=/"/ skip=/\\./ end=/"\|$/ contains=kgraphEscape,kgraphInterpolation
syntax match kgraphRawText /\k\@1<!r"[^"]*"\=/
syntax match kgraphRawText /\k\@1<!r#".\{-}\%("#\|$\)/
syntax region kgraphCommand start=/`/ skip=/\\./ end=/`\|$/ contains=kgraphEscape,kgraphInterpolation

" Comments.
syntax keyword kgraphTodo TODO FIXME XXX contained
syntax match kgraphComment /#.*$/ contains=kgraphTodo,@Spell
syntax match kgraphDocumentation /^\s*\zs##\%(#\)\@!.*$/ contains=@Spell
syntax match kgraphShebang /\%^#!.*$/

highlight default link kgraphType Type
highlight default link kgraphGraphType Type
highlight default link kgraphWord Keyword
highlight default link kgraphLabel Identifier
highlight default link kgraphParameter PreProc
highlight default link kgraphBackplane Special
highlight default link kgraphBoolean Boolean
highlight default link kgraphSelf Constant
highlight default link kgraphStatement Statement
highlight default link kgraphStep Statement
highlight default link kgraphArrow Operator
highlight default link kgraphOperator Operator
highlight default link kgraphNumber Number
highlight default link kgraphEscape SpecialChar
highlight default link kgraphInterpolation PreProc
highlight default link kgraphText String
highlight default link kgraphRawText String
highlight default link kgraphCommand String
highlight default link kgraphTodo Todo
highlight default link kgraphComment Comment
highlight default link kgraphDocumentation SpecialComment
highlight default link kgraphShebang PreProc

let b:current_syntax = "kgraph"
let &cpo = s:cpo
unlet s:cpo
