"""Pullquote: from the transcript of a talk to quotes people share."""

__version__ = "0.1.0"
