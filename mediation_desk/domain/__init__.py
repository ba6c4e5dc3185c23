"""What mediation is: records, code tables and rules; no files, no clock, no screen."""
