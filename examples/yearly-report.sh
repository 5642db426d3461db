#!/bin/sh
# A year's report, as a ministry asks for it: `sh yearly-report.sh 2024` writes the folder report-2024 with Excel files
# of the agreements in force at the year's end and of those signed in the year, numbers by country, type and area, and
# the tasks of the year's plans with what came of them. MOU_DB says which register.
set -eu
year=${1:?say which year}
folder=report-$year
mkdir -p "$folder"
in_force="--as-of $year-12-31 --status active --status in-notice"
signed="--signed-from $year --signed-to $year"
columns=ref,partner,country,partner_type,type,areas,signed,starts,ends,unit,responsible

# $in_force and $signed are several words each.
mou list $in_force --sort country --columns "$columns" -o "$folder/in-force.xlsx"
mou list $signed --as-of "$year-12-31" --sort signed --columns "$columns" -o "$folder/signed.xlsx"
for by in country type area; do
    mou stats --by "$by" $in_force -o "$folder/in-force-by-$by.csv"
done
mou plan due --year "$year" --as-of "$year-12-31" -o "$folder/tasks.xlsx"

echo "In force on 31 December $year: $(mou list $in_force --count); signed in $year: $(mou list $signed --count) ($folder/)"
