"""FD-Trygd ARBSOK: the runner around the SQL application in ``sql/`` and ``migrations/``."""
