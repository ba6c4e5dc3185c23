"""A limit on the memory of the process that opens files from outside."""

import sys

MOST_MEMORY = 3 * 1024**3


def limit_memory() -> None:
    """Let this process take no more than `MOST_MEMORY` bytes."""
    if sys.platform == "win32":
        from mediation_desk.exchange import windows_job  # noqa: PLC0415 - exists only there

        windows_job.limit_memory(MOST_MEMORY)
        return
    import resource  # noqa: PLC0415 - does not exist on Windows

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = MOST_MEMORY if hard == resource.RLIM_INFINITY else min(MOST_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
