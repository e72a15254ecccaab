"""The page's chapters, a module each: functions that make tables, pictures and sentences of the rows that were read."""
