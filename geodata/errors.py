"""The errors of Dateline: each class says when it is raised and what to do.

Every error that a user can mend derives from :class:`DatelineError`; the command line prints its
message as one line and exits with status 2. Anything else is a defect of the program.
"""

from __future__ import annotations


class DatelineError(Exception):
    """Base of every error a user can mend.

    Parameters
    ----------
    subject:
        What the error is about: a path, a URL, a place name. Shown first.
    problem:
        What is wrong, in a few words.
    remedy:
        What the user can do about it, as an imperative.
    """

    def __init__(self, subject: object, problem: str, remedy: str) -> None:
        self.subject = str(subject)
        self.problem = problem
        self.remedy = remedy
        super().__init__(subject, problem, remedy)

    def __str__(self) -> str:
        return f"{self.subject}: {self.problem}. {self.remedy}."


class InputError(DatelineError):
    """Raised when an article or layer can't be read: missing, empty, binary or malformed."""


class OutputError(DatelineError):
    """Raised when a result can't be written: no permission, no folder, an unknown suffix."""


class GazetteerError(DatelineError):
    """Raised when the gazetteer can't be opened or built: run ``dateline gazetteer build``."""


class GeocodingError(DatelineError):
    """Raised when an online geocoder refuses, times out or answers with something unreadable."""


class TaxonomyError(DatelineError):
    """Raised when a taxonomy file lacks a required key or names an unknown event type."""


class ClusterError(DatelineError):
    """Raised when a cluster can't be reached, or its machines have another version of Dateline."""
