"""Deliveries: what leaves the register, by orders of projects, as flat file, for microdata.no."""

from fdtrygd.leveranse.deliver import Delivered, deliver, redeliver
from fdtrygd.leveranse.microdata import Datasets, make_datasets
from fdtrygd.leveranse.project import (
    close_project,
    create_project,
    deliveries,
    destroy_project,
    list_in_words,
    projects,
)

__all__ = [
    "Datasets",
    "Delivered",
    "close_project",
    "create_project",
    "deliver",
    "deliveries",
    "destroy_project",
    "list_in_words",
    "make_datasets",
    "projects",
    "redeliver",
]
