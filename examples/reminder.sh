#!/bin/sh
# A reminder for cron, which mails what a command prints: what ends, what needs notice or review, which tasks fall due.
# Every working day at seven it tells of all that as soon as something is overdue, on Mondays in any case; when there is
# nothing to tell, it prints nothing, and so nothing is sent:
#
#     MOU_DB=/srv/office/mou.db
#     0 7 * * 2-5  sh /srv/office/reminder.sh
#     0 7 * * 1    sh /srv/office/reminder.sh weekly
set -eu
export COLUMNS="${COLUMNS:-80}"

if [ "${1:-}" = weekly ]; then
    [ "$(mou due --count)" -eq 0 ] || mou due -f table
else
    mou due --check -f table || [ $? -eq 3 ]
fi
