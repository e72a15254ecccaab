"""Official statistics: versions of a period's tables, made from one base that is protected by rounding (spec.md 10)."""

from fdtrygd.statistikk.audit import audit, refuse_none
from fdtrygd.statistikk.make import Made, make
from fdtrygd.statistikk.official import Taken, take_in
from fdtrygd.statistikk.publish import Published, publish
from fdtrygd.statistikk.versions import Checked, Control, Version, approve, outdated, refuse_no_period, stale

__all__ = [
    "Checked",
    "Control",
    "Made",
    "Published",
    "Taken",
    "Version",
    "approve",
    "audit",
    "make",
    "outdated",
    "publish",
    "refuse_no_period",
    "refuse_none",
    "stale",
    "take_in",
]
