#!/bin/sh
# A reminder for cron, which mails what a command prints: tasks that are overdue or due within 30 days, and agreements
# that end within 90. It prints nothing, and so sends nothing, when there is nothing. On working days at seven:
#
#     MOU_DB=/srv/office/mou.db
#     0 7 * * 1-5  sh /srv/office/reminder.sh
set -eu
export COLUMNS="${COLUMNS:-72}"

if [ "$(mou plan due --count)" -gt 0 ]; then
    echo "Tasks that are overdue or due within 30 days:"
    mou plan due --columns number,task,executors,deadline,status -f table
    echo
fi
if [ "$(mou list --ends-within 90d --count)" -gt 0 ]; then
    echo "Agreements that end within 90 days:"
    mou list --ends-within 90d --sort ends --columns ref,partner,ends,notice_by,responsible -f table
fi
