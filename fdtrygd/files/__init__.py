"""Files to the server: COPY and nothing else.

No record is ever handled one at a time, and the memory used does not depend on the size of the file.

Everything that can be wrong with a file becomes a `UserError` that names the file, the line where it is
known, and what to do. The server's messages quote the records: only the line number is taken from them.
"""

from fdtrygd.files.csv import read_small
from fdtrygd.files.file import COLUMNS, BadFile, Copied, File, MonthFile, digest, fault, modified, regular
from fdtrygd.files.folder import find_month_files, look
from fdtrygd.files.month import copy_file, copy_month

__all__ = [
    "COLUMNS",
    "BadFile",
    "Copied",
    "File",
    "MonthFile",
    "copy_file",
    "copy_month",
    "digest",
    "fault",
    "find_month_files",
    "look",
    "modified",
    "read_small",
    "regular",
]
