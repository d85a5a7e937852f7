"""The translation memory: earlier source-target pairs, found again by their source."""

from polyhelp.memory.forms import similarity
from polyhelp.memory.lookup import lookup
from polyhelp.memory.pair import EDGE, Match, MatchKind, Pair, Query, Standing, standing
from polyhelp.memory.store import Store

__all__ = ["EDGE", "Match", "MatchKind", "Pair", "Query", "Standing", "Store", "lookup", "similarity", "standing"]
