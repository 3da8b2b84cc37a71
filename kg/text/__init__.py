"""Characters to sentences and tokens."""
