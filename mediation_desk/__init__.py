"""Mediation Desk (调解台): offline records of people's mediation for a village and its judicial office."""

__version__ = "0.1.0"
