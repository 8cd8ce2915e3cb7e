"""Parts of pages: each knows values only, never the store."""
