"""The revision of the schema that this program works with."""

from __future__ import annotations

# "mou" and a version of the file's layout, in the header of every register file.
APPLICATION_ID = 0x6D6F7501
# A test holds these to the migrations.
REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006")
HEAD = REVISIONS[-1]
