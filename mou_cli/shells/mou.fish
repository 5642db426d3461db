# Completion of mou for fish: mou completion fish | source

function __mou_complete
    set -l words (commandline -opc)
    set -l raw (commandline -ct)
    # What is typed may stand in a quotation mark that is still open.
    set -l typed (string unescape -- $raw; or string unescape -- $raw\"; or string unescape -- $raw\')
    set -l program (string replace -r '^~/' "$HOME/" -- $words[1])
    command -q -- $program; or set program mou
    set -l answer (command $program completion fish -- $words "$typed" 2>/dev/null </dev/null)
    set -l manner (string split -m 1 \t -- $answer[1])
    set -e answer[1]
    if test "$manner[1]" = files
        # The name as it is typed, so that fish itself sees what is quoted in it and what stands for a folder.
        set -l file (string sub -s (math 1 + (string length -- "$manner[2]")) -- "$raw")
        for path in (complete -C "__mou_file $file")
            printf '%s%s\n' "$manner[2]" $path
        end
    else if set -q answer[1]
        printf '%s\n' $answer
    end
end

complete -c __mou_file -F
complete -c mou -e
complete -c mou -f -k -a '(__mou_complete)'
