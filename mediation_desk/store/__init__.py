"""The register on disk: the only place that knows SQLCipher and peewee.

Tables and upgrades are peewee's (`tables`, `migrations`); rows are read and written with plain SQL
built from the records' descriptions, because model objects cost 5 to 26 times as much
(spike.md §3).
"""
