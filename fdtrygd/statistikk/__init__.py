"""Official statistics: versions of a period's tables, made from one base that is protected by rounding (spec.md 10)."""

from fdtrygd.statistikk.audit import audit
from fdtrygd.statistikk.make import Made, make
from fdtrygd.statistikk.official import Taken, take_in
from fdtrygd.statistikk.publish import Published, publish
from fdtrygd.statistikk.versions import Control, Version, approve

__all__ = ["Control", "Made", "Published", "Taken", "Version", "approve", "audit", "make", "publish", "take_in"]
