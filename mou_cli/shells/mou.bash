# Completion of mou for bash 3.2 or newer: eval "$(mou completion bash)"

_mou() {
    local program=$1 line manner= text
    case $program in
        \~/*) program=$HOME/${program#\~/} ;;
    esac
    type -P "$program" >/dev/null || program=mou
    _mou_line
    COMPREPLY=()
    while IFS= read -r text; do
        if [ -z "$manner" ]; then
            manner=$text
        else
            COMPREPLY[${#COMPREPLY[@]}]=$text
        fi
    done < <(command "$program" completion bash -- "${COMP_TYPE-}" "$2" "$line" 2>/dev/null </dev/null)
    # Older ones have no compopt: there a space follows every text, and files are offered where there is nothing else.
    if [ "$manner" != files ]; then
        compopt +o default -o nosort 2>/dev/null || compopt +o default 2>/dev/null
    fi
    if [ "$manner" = parts ]; then
        compopt -o nospace 2>/dev/null
    fi
    return 0
}

# Before 4.3 bash counts the cursor's place in bytes, since then in letters.
_mou_line() {
    if [ "${BASH_VERSINFO[0]}" -lt 4 ] || { [ "${BASH_VERSINFO[0]}" -eq 4 ] && [ "${BASH_VERSINFO[1]}" -lt 3 ]; }; then
        local LC_ALL=C
    fi
    line=${COMP_LINE:0:COMP_POINT}
}

complete -o default -F _mou mou
