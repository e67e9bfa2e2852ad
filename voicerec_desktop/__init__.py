"""Voicerec Desktop: records meetings, transcribes them and tells the speakers apart, locally."""

__version__ = "0.1.0"
