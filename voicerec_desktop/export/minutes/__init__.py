"""Minutes as files: each fact with its second, with the transcript or without."""
