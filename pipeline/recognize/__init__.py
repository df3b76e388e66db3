"""Segmented to Recognized."""
