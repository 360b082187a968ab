"""What several test files of this package share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A Dask scheduler with two workers, in this process."""
    import distributed

    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None,
                                  scheduler_port=0, protocol="tcp") as cluster:
        yield cluster.scheduler_address
