"""Mediation Desk (调解台): offline records of people's mediation."""

__version__ = "0.1.0"
# Before this day no clock can be right; it is changed with the version.
RELEASED = "2026-11-29"
