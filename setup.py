"""Only to refuse a wheel; all else is in pyproject.toml.

The program reads `sql/` and `migrations/` beside it and keeps its database in `.fdtrygd` there: it needs a checkout.
An editable install (`pip install -e .`) writes no such wheel and works.
"""

from setuptools import setup
from setuptools.command.bdist_wheel import bdist_wheel


class Refused(bdist_wheel):
    def run(self) -> None:
        raise SystemExit(
            "FD-Trygd ARBSOK runs from its checkout, which has sql/ and migrations/: there is no wheel. "
            "Clone the repository and run make there, or: pip install -e /path/to/checkout"
        )


setup(cmdclass={"bdist_wheel": Refused})
