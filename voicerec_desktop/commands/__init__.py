"""What the commands of the command line do; imported by `cli` one at a time."""
