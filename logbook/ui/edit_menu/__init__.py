"""What the Edit menu does beyond the page that is shown, one file for each thing."""
