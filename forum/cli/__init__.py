"""Commands: what an operator types after `flask`, found through `wsgi.py`."""
