"""What mediation is: records, code tables and rules. Plain Python; no files, no clock, no screen."""
