"""Mediation Desk (调解台): offline records of people's mediation."""

__version__ = "0.1.0"
