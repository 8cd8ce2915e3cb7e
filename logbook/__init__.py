"""A logbook for scalp microneedling, with sourced warnings before the needle touches the skin."""

__version__ = "0.1.0"

APPLICATION_NAME = "Scalp Needling Logbook"
