"""The tables of institutions, their names and their identifiers."""

from sqlmodel import SQLModel

from mou_cli.models.column import integer, owner, reference, string


class Institution(SQLModel, table=True):
    """Any body that can be a party; `sort` and `folded` are computed from the name."""

    key: str = string(key=True)
    name: str = string()
    sort: str = string(index=True)
    folded: str = string(index=True)
    home: int = integer(default=0)
    country: str | None = string(index=True)
    country_source: str = string(default="stated")
    territory: str | None = string()
    type: str | None = string(index=True)
    city: str | None = string()
    region: str | None = string()
    website: str | None = string()
    parent: str | None = reference("institution")
    memberships: str | None = string()
    note: str | None = string()
    source: str | None = string()


class InstitutionName(SQLModel, table=True):
    """Another name of an institution, in its own order."""

    __tablename__ = "institution_name"

    institution: str = owner("institution")
    ordinal: int = integer(key=True)
    text: str = string()
    lang: str | None = string()
    kind: str = string(default="label")
    folded: str = string(index=True)


class InstitutionIdentifier(SQLModel, table=True):
    """What another system calls the institution (ROR, SCHAC, PIC, OID, Erasmus code)."""

    __tablename__ = "institution_identifier"

    institution: str = owner("institution")
    ordinal: int = integer(key=True)
    scheme: str = string()
    value: str = string()
