"""Minutes: the LLM, what is asked of it, and how its answers are checked (ENGINEERING.md 5)."""
