#!/bin/sh
# What to renew this quarter: every agreement whose running term ends by the quarter's last day, soonest first, as
# renew.xlsx to work through and renew.csv for other programs. MOU_DB says which register.
set -eu
today=${MOU_TODAY:-$(date +%F)}
year=${today%%-*}
case $today in
*-0[123]-*) last=$year-03-31 ;;
*-0[456]-*) last=$year-06-30 ;;
*-0[789]-*) last=$year-09-30 ;;
*) last=$year-12-31 ;;
esac
columns=ref,partner,country,title,type,ends,renewal,notice_by,responsible

mou list --ends-by "$last" --sort ends --columns "$columns" -o renew.xlsx
mou list --ends-by "$last" --sort ends --columns "$columns" -o renew.csv
echo "Ending by $last: $(mou list --ends-by "$last" --count) (renew.xlsx, renew.csv)"
