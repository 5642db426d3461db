#compdef mou
# Completion of mou for zsh: eval "$(mou completion zsh)"

_mou() {
    local program=${(Q)words[1]} typed=$PREFIX tab=$'\t' manner line value told
    local -i width=0
    local -a answer values shown how
    program=${program/#\~\//$HOME/}
    (( $+commands[$program] )) || [[ -x $program && ! -d $program ]] || program=mou
    # Within single quotes a backslash is a backslash.
    [[ $compstate[quote] == "'" ]] || typed=${(Q)PREFIX}
    answer=("${(@f)$(command $program completion zsh -- "${(@Q)words[1,CURRENT-1]}" "$typed" 2>/dev/null </dev/null)}")
    manner=${answer[1]%%$tab*}
    if [[ $manner == files ]]; then
        compset -P "${(b)answer[1]#*$tab}"
        _files
        return
    fi
    for line in "${(@)answer[2,-1]}"; do
        value=${line%%$tab*}
        values+=("$value")
        (( ${(m)#value} > width )) && width=${(m)#value}
    done
    (( $#values )) || return 1
    (( width > 40 )) && width=40
    for line in "${(@)answer[2,-1]}"; do
        value=${line%%$tab*} told=${line#*$tab}
        (( ${(m)#value} < width )) && value=${(mr:width:)value}
        [[ -n $told ]] && value="$value  -- $told" how=(-l)
        shown+=("${value[1,COLUMNS-1]}")
    done
    [[ $manner == parts ]] && how+=(-S '')
    [[ $manner == apart && $#values -gt 1 ]] && compstate[insert]=menu
    compadd -U -V mou "${how[@]}" -d shown -a values
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _mou "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
    compdef _mou mou
fi
