"""Deliveries: what leaves the register, by orders of projects, as flat file, for microdata.no."""

from fdtrygd.leveranse.compare import compare_deliveries
from fdtrygd.leveranse.comparison import Compared, runs_in_words
from fdtrygd.leveranse.deliver import Delivered, deliver, redeliver
from fdtrygd.leveranse.flatfile import FlatFile, flatfile
from fdtrygd.leveranse.microdata import Datasets, make_datasets
from fdtrygd.leveranse.persons import list_in_words
from fdtrygd.leveranse.project import (
    Logged,
    Project,
    close_project,
    create_project,
    deliveries,
    destroy_project,
    projects,
    to_be_done,
)

__all__ = [
    "Compared",
    "Datasets",
    "Delivered",
    "FlatFile",
    "Logged",
    "Project",
    "close_project",
    "compare_deliveries",
    "create_project",
    "deliver",
    "deliveries",
    "destroy_project",
    "flatfile",
    "list_in_words",
    "make_datasets",
    "projects",
    "redeliver",
    "runs_in_words",
    "to_be_done",
]
