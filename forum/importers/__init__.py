"""Importers: archives of mail, exports of other forums, tables of opportunities, the demo community."""
