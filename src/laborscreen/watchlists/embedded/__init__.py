"""
The lists that come with the package: compiled by ``scripts/build_embedded_watchlist.py``, terms in ``NOTICE.md``.
"""
