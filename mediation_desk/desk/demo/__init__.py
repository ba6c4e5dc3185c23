"""The demo township 双龙镇: real units, invented persons, two years of invented work."""

from mediation_desk.desk.demo.township import SEED, Township, demo_township, records_of

__all__ = ["SEED", "Township", "demo_township", "records_of"]
