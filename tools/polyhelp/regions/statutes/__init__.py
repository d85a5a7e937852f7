"""The law of every region as package data: one file per region, each fact with its source."""

from polyhelp.regions.statutes.age import RESEARCHED, due
from polyhelp.regions.statutes.read import Statutes

__all__ = ["RESEARCHED", "Statutes", "due"]
