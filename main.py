"""Starts the program from a checkout."""

from logbook.app import main

raise SystemExit(main())
