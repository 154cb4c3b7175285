"""What a post has with it: `with:images`, `with:files`, `filetypes:pdf`."""

import re

from sqlalchemy import or_, select

from forum.categories.policies import Viewer
from forum.core.i18n import _, lazy
from forum.search.grammar.operators import Choice, Meaning, Operator, Unclear
from forum.search.grammar.values import either, out_of, several
from forum.search.question import Among, Either
from forum.topics.models.post import SHOWS_IMAGE, Attachment, Post

_TYPE = re.compile(r"[a-z0-9]{1,10}")


def _images(_viewer: Viewer) -> Meaning:
    shown = select(Post.id).where(SHOWS_IMAGE)
    attached = select(Attachment.post_id).where(Attachment.mime.startswith("image/"))
    return Meaning(_("with images"), Either((Among("post", shown), Among("post", attached))))


def _files(_viewer: Viewer) -> Meaning:
    return Meaning(_("with files"), Among("post", select(Attachment.post_id)))


def _types(value: str, _viewer: Viewer) -> Meaning:
    """Files attached, or that a post links to."""
    types = [part.lower().removeprefix(".") for part in several(value)]
    for part in types:
        if not _TYPE.fullmatch(part):
            raise Unclear(_("“%(value)s” is no type of file. Write pdf or docx,xlsx.", value=part))
    attached = select(Attachment.post_id).where(
        or_(*(Attachment.file_name.iendswith(f".{part}", autoescape=True) for part in types))
    )
    linked = select(Post.id).where(
        or_(*(Post.cooked.icontains(f'.{part}"', autoescape=True) for part in types))
    )
    label = _("with files of type %(types)s", types=either(types))
    return Meaning(label, Either((Among("post", attached), Among("post", linked))))


WITH = (
    Choice("images", "images", _images, also=("image",)),
    Choice("files", "fichiers", _files, also=("file", "fichier")),
)
OPERATORS = (
    Operator(
        "with", "avec", lazy("also files"), ("with:images", "avec:images"), out_of(WITH),
        choices=WITH,
    ),
    Operator(
        "filetypes", "fichiers", lazy("files attached or linked"),
        ("filetypes:pdf,docx", "fichiers:pdf,docx"), _types, also=("filetype", "fichier"),
    ),
)  # fmt: skip
