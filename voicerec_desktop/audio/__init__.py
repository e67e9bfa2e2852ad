"""Sound: decoding and, later, devices and recording."""
