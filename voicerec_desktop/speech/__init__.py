"""Inference: Whisper and pyannote, each in its own worker process, and the models they need."""
