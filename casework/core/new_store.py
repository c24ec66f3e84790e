"""A new office's database: nothing of it is there before all of it is, whatever happens on the way."""

import errno
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from models import engine, sqlite
from models.engine import Store
from models.faults import OfficeFault
from models.held_signals import held_signals
from papers import draft_file


@contextmanager
def new_store(where: str | Path, stored: Callable[[], object] = lambda: None) -> Iterator[Store]:
    """An empty database, to be filled within the block. At its end it stands in its place, closed; where the
    block ends otherwise, or the program is killed, nothing does. `stored` is called once it stands there, and
    no interruption comes between.

    A file is made as a draft in its folder; what killed programs left there goes first. On a server all is
    one transaction.

    Raises:
        OfficeFault: `office.exists`, `office.no_folder`, `office.no_place`, `office.network`,
            `office.bad_url`, `office.full`, `office.beside_another`, `office.left_beside`, and of a server
            what `begin_on_server` tells.
    """
    url = engine.url_of(where)
    if url is not None:
        with engine.begin_on_server(url, stored) as store:
            yield store
        return
    path = Path(where).absolute()
    sqlite.check_place(path)
    if path.exists():
        raise OfficeFault("office.exists", path=str(path))
    _must_lie_alone(path)
    with ExitStack() as stack:
        with _told(path):
            draft_file.clear(path.parent)
            draft = stack.enter_context(draft_file.beside(path, draft_file.OWN))
        stack.callback(_clear_beside, draft)
        store = engine.begin_file(draft, path)
        try:
            yield store
        finally:
            store.close()
        with _told(path):
            draft_file.sync(draft)
            _must_lie_alone(path)
            with held_signals():
                draft_file.place_new(draft, path)
                stored()


def _must_lie_alone(path: Path) -> None:
    """Refuse a name that a part of another office has, which would take the new one for its own and away, and
    one beside which a journal is left of an office that is gone: it would be written into the new one.

    Raises:
        OfficeFault: `office.beside_another`, `office.left_beside`.
    """
    if path.exists():
        return  # which is told where it gets its name
    try:
        draft_file.must_be_free(path)
    except draft_file.Taken as taken:
        raise OfficeFault("office.beside_another", path=str(path)) from taken
    for end in draft_file.JOURNALS:
        if (left := path.with_name(path.name + end)).exists():
            raise OfficeFault("office.left_beside", path=str(path), file=left.name)


def _clear_beside(draft: Path) -> None:
    """Take away what lies beside a draft of a database."""
    for left in [each for each in draft.parent.iterdir() if each.name.startswith(draft.name)]:
        left.unlink(missing_ok=True)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What a folder or disk does to a new file, as faults that have a sentence."""
    try:
        yield
    except FileExistsError as error:
        raise OfficeFault("office.exists", path=str(path)) from error
    except OSError as error:
        raise OfficeFault(_CODES.get(error.errno or 0, "office.disk"), path=str(path)) from error


_CODES = {
    errno.ENOSPC: "office.full",
    errno.EDQUOT: "office.full",
    errno.EACCES: "office.no_place",
    errno.EPERM: "office.no_place",
    errno.EROFS: "office.no_place",
}
