"""The page on which people curate: routes, templates and what keeps strangers out.

``app.py`` puts it together. A page is a function in ``pages/``, a template in ``templates/`` and,
where it is new, a row in ``pages/__init__.py``. Everything is refused that is not allowed by name:
``gate.py`` lets nobody in unasked, ``visit.py`` says who is in and what they may.
"""
