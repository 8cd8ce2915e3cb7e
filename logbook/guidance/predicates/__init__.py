"""The code that rules name, one file per family; every predicate is a pure function of a case and of numbers."""

from logbook.guidance.predicates import aftercare, depth, hygiene, interval, person, products, shedding, technique
from logbook.guidance.predicates.registry import PREDICATES

__all__ = ["PREDICATES", "aftercare", "depth", "hygiene", "interval", "person", "products", "shedding", "technique"]
