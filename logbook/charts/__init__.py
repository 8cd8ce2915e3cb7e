"""Charts: records become plain numbers, numbers become a figure. Nothing here knows a window."""
