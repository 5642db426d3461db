#!/bin/sh
# What ends in the next six months, soonest first: ending-soon.xlsx to read, ending-soon.csv for other programs.
# MOU_DB says which register; the files are written to the current folder.
set -eu
columns=ref,partner,country,title,type,ends,renewal,notice_by,responsible

mou list --ends-within 6m --sort ends --columns "$columns" -o ending-soon.xlsx
mou list --ends-within 6m --sort ends --columns "$columns" -o ending-soon.csv
echo "Ending in the next six months: $(mou list --ends-within 6m --count) (ending-soon.xlsx, ending-soon.csv)"
