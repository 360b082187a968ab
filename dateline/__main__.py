"""``python -m dateline``."""

from dateline import main

main()
