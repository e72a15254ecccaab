"""The population register: its files and their load. Only the version loaded last is in the database."""

from fdtrygd.befolkning.findings import COUNTED, warnings
from fdtrygd.befolkning.folder import Folder, look
from fdtrygd.befolkning.load import Loaded, load

__all__ = ["COUNTED", "Folder", "Loaded", "load", "look", "warnings"]
