"""Transcripts against references: WER, CER, cpWER, DER."""
