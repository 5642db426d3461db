"""The codes the register stores and the labels it shows for them."""

from __future__ import annotations

from mou_cli.vocabulary.agenda import AGENDA_KINDS
from mou_cli.vocabulary.agreement import (
    AGREEMENT_TYPES,
    AREAS,
    CONTACT_ROLES,
    DOCUMENT_KINDS,
    LIFECYCLE_KINDS,
    LINK_KINDS,
    PARTY_ROLES,
    RENEWAL_FORMS,
    RENEWALS,
    REVIEW_OUTCOMES,
    STAGES,
    STATUSES,
    STOPPED,
    Renewal,
    Stage,
    Status,
)
from mou_cli.vocabulary.code_list import CodeList
from mou_cli.vocabulary.finding import FINDINGS, SEVERITIES, Severity
from mou_cli.vocabulary.institution import COUNTRY_SOURCES, NAME_KINDS, PARTNER_TYPES, PERSON_ROLES
from mou_cli.vocabulary.plan import PLAN_STATUSES, TASK_STATUSES, TIMING_KINDS, TimingKind

__all__ = [
    "AGENDA_KINDS",
    "AGREEMENT_TYPES",
    "AREAS",
    "CONTACT_ROLES",
    "COUNTRY_SOURCES",
    "DOCUMENT_KINDS",
    "FINDINGS",
    "LIFECYCLE_KINDS",
    "LINK_KINDS",
    "NAME_KINDS",
    "PARTNER_TYPES",
    "PARTY_ROLES",
    "PERSON_ROLES",
    "PLAN_STATUSES",
    "RENEWALS",
    "RENEWAL_FORMS",
    "REVIEW_OUTCOMES",
    "SEVERITIES",
    "STAGES",
    "STATUSES",
    "STOPPED",
    "TASK_STATUSES",
    "TIMING_KINDS",
    "CodeList",
    "Renewal",
    "Severity",
    "Stage",
    "Status",
    "TimingKind",
]
