"""What the Help menu does, one file for each thing."""
