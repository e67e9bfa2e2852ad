"""The stages of a meeting over the store: no Qt, no engine in this process."""
