#!/bin/sh
# A first register by hand: two institutions, one agreement, a plan with one task. MOU_DB says where it is kept.
set -eu
export MOU_DB="${MOU_DB:-first.db}"

mou partner add "University of Bergen" --key bergen --country Norway --type university --alias "Universitetet i Bergen"

# The partner is found by any of its names. The home is new: from now on it is the only one, and need not be said.
mou add --home "Riverside University" --new --partner "Universitetet i Bergen" \
    --title "Student exchange with Bergen" --type exchange \
    --area "student exchange" --area "joint research" \
    --signed 2024-05-01 --term 3y --renewal tacit --renewal-term 1y --notice 3m \
    --signatory "A. Aliyeva; Rector" --responsible "International Office"

mou plan add riverside-2025 --title "Plan of the International Office" --year 2025 --owner riverside-university
mou plan task add 1.1 --plan riverside-2025 --task "Send the first students to Bergen" \
    --executor "International Office" --timing "September" --partner bergen

mou list
mou plan due --month September
