#!/bin/sh
# The partners for the web office, in the folder for-the-web: a page in English and one in Azerbaijani (Markdown), and
# the same as JSON for a web site's own template. Names, countries and web sites only: no people, no notes, no terms.
# MOU_DB says which register.
set -eu
mkdir -p for-the-web
columns=name,country,city,type,website

for language in en az; do
    mou partner list --not-home --columns "$columns" --lang "$language" -f markdown >"for-the-web/partners.$language.md"
done
mou partner list --not-home --columns "key,$columns" -f json >for-the-web/partners.json
mou stats --by country -f json >for-the-web/countries.json
echo "$(mou partner list --not-home --count) partners (for-the-web/)"
