"""Claimledger: articles in; tables of organizations, places, dates, agreements and claims out."""

from pipeline.version import __version__

__all__ = ["__version__"]
