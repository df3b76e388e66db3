"""The version of the code, read by the packaging and written into every manifest."""

__version__ = "0.1.0"
