"""
The file a result goes to: never half written under its own name, never written by two runs at once.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from laborscreen.errors import OutputError, UsageError
from laborscreen.source import Location

PARTIAL_SUFFIX = ".part"
LOCK_SUFFIX = ".lock"

_BUFFER = 1 << 20  # bytes
_SYNCED_EVERY = 64 << 20  # bytes after which the disk is asked to take them


class Target:
    """
    A file being written beside its final place, under ``<name>.part``, and renamed when it is whole.

    While it is open, ``<name>.lock`` is locked by the operating system, so that a second run on the same file refuses;
    the lock goes with the process, however it ends.

    Args:
        path: where the file will stand.
        keep: how many bytes of an earlier ``.part`` to keep and go on after; None begins anew.

    Raises:
        OutputError: the folder cannot be written, another run writes this file, or the part to go on from is gone.
    """

    def __init__(self, path: Path, keep: int | None = None) -> None:
        self.path = path
        self.partial = path.with_name(path.name + PARTIAL_SUFFIX)
        self.let_go: Callable[[], None] = _nothing
        """Called when the part is thrown away: what else was made for it goes, too."""
        self._lock = _Lock(path.with_name(path.name + LOCK_SUFFIX), path)
        try:
            self._file = _open_partial(path, self.partial, keep)
        except OSError as error:
            self._lock.release()
            raise unwritable(path, error) from error
        except OutputError:
            self._lock.release()
            raise
        self._disk = _Disk(self._file)

    def write(self, data: bytes | memoryview) -> None:
        """
        Write bytes.

        Raises:
            OutputError: the disk is full, or gone.
        """
        try:
            self._file.write(data)
            self._disk.wrote(len(data))
        except OSError as error:
            raise unwritable(self.path, error) from error

    def position(self) -> int:
        """Flush, and return how many bytes are safely on their way to the disk."""
        try:
            self._file.flush()
            return self._file.tell()
        except OSError as error:
            raise unwritable(self.path, error) from error

    @property
    def file(self) -> IO[bytes]:
        """The open partial file, for libraries that write themselves."""
        return self._file

    def commit(self) -> None:
        """
        Make the file whole under its own name.

        Raises:
            OutputError: the disk is full, or the name cannot be taken; the partial file stays.
        """
        try:
            self._file.flush()
            self._disk.wait()
            os.fsync(self._file.fileno())
            self._file.close()
            self.partial.replace(self.path)
            _sync_folder(self.path.parent)
        except OSError as error:
            raise unwritable(self.path, error) from error
        finally:
            self._lock.release()

    def suspend(self) -> None:
        """Close and leave the partial file for a later run to go on from."""
        try:
            self._close()
        except (
            OSError
        ):  # what cannot be flushed to a full disk lies beyond the state that a later run goes on from
            pass
        finally:
            self._lock.release()

    def discard(self) -> None:
        """Close and remove the partial file."""
        self.let_go()
        try:
            self._close()
        except OSError:  # what cannot be flushed to a full disk is thrown away all the same
            pass
        finally:
            self.partial.unlink(missing_ok=True)
            self._lock.release()

    def _close(self) -> None:
        """Close the file, whatever the disk says."""
        try:
            self._disk.wait()
        finally:
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Commit, or after an error throw the partial file away."""
        if error is not None:
            self.discard()
            return
        try:
            self.commit()
        except OutputError:
            self.discard()
            raise


def _nothing() -> None:
    """Do nothing."""


def _open_partial(path: Path, partial: Path, keep: int | None) -> IO[bytes]:
    """Open the partial file, cut to the bytes that are kept."""
    if path.is_dir():
        raise OutputError("this is a folder", location=Location(str(path)), hint="name a file")
    if keep is None:
        return partial.open("wb", buffering=_BUFFER)
    if not partial.exists() and path.exists():
        path.replace(partial)  # the earlier run was ended between naming its files and saying so
    found = partial.stat().st_size
    if found < keep:
        raise OutputError(
            f"only {found:,} of {keep:,} bytes of the earlier run are there",
            location=Location(str(partial)),
            hint="run again without --resume",
        )
    file = partial.open("r+b", buffering=_BUFFER)
    file.truncate(keep)
    file.seek(keep)
    return file


class _Disk:
    """
    Has the disk take what was written while more is being made: at the end little is left to wait for.

    Args:
        file: the open file.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._waiting = 0
        self._thread: threading.Thread | None = None
        self._failed: OSError | None = None

    def wrote(self, count: int) -> None:
        """
        Count bytes that were written; from so many on, the disk takes them, unless it still takes those before.

        Raises:
            OSError: it could not take those before.
        """
        self._waiting += count
        if self._waiting < _SYNCED_EVERY or (self._thread is not None and self._thread.is_alive()):
            return
        self.wait()
        self._waiting = 0
        self._thread = threading.Thread(target=self._take, name="laborscreen-disk")
        self._thread.start()

    def wait(self) -> None:
        """
        Wait until the disk has taken what it was asked to.

        Raises:
            OSError: it could not.
        """
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        if self._failed is not None:
            raise self._failed

    def _take(self) -> None:
        try:
            os.fsync(self._file.fileno())
        except OSError as error:
            self._failed = error  # for the thread that writes: the system tells it once only


class _Lock:
    """An advisory lock of the operating system on a file beside the target."""

    def __init__(self, path: Path, target: Path) -> None:
        self._path = path
        try:
            while True:
                self._file = path.open("a+b")
                if not _take(self._file):
                    self._file.close()
                    raise OutputError(
                        "another run is writing this file",
                        location=Location(str(target)),
                        hint="wait for it to end, or write to another file",
                    )
                if _same_file(self._file, path):
                    return
                self._file.close()  # the run before removed the lock file between our opening and locking it
        except OSError as error:
            raise unwritable(target, error) from error

    def release(self) -> None:
        """Give the lock back; doing so twice is harmless."""
        if self._file.closed:
            return
        if sys.platform == "win32":  # an open file cannot be removed there
            self._file.close()
            self._path.unlink(missing_ok=True)
        else:
            self._path.unlink(missing_ok=True)
            self._file.close()


def _take(file: IO[bytes]) -> bool:
    """Lock an open file; False where another process has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _same_file(file: IO[bytes], path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut, where folders can be synced."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def unwritable(path: Path, error: OSError) -> OutputError:
    """Say in plain words why a file cannot be written."""
    import errno

    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            message, hint = "the disk is full", "free some space or write elsewhere"
        case errno.EACCES | errno.EPERM | errno.EROFS:
            message, hint = "the folder or file may not be written", "choose another place, or close the file"
        case errno.ENOENT | errno.ENOTDIR:
            message, hint = "there is no such folder", "make it first"
        case errno.EFBIG:
            message, hint = "the file grows larger than is allowed here", "write elsewhere"
        case _:
            message, hint = f"cannot be written: {error.strerror or error}", ""
    return OutputError(message, location=Location(str(path)), hint=hint)


def refuse_same_files(outputs: Iterable[tuple[str, Path]], inputs: Iterable[Path]) -> None:
    """
    Refuse a run in which one file would be read and written, or written twice.

    Args:
        outputs: what each output is called, and its path.
        inputs: the files read.

    Raises:
        UsageError: naming the two.
    """
    taken = {_identity(path): f"the input {path}" for path in inputs}
    for what, path in outputs:
        for written in (
            path,
            path.with_name(path.name + PARTIAL_SUFFIX),
            path.with_name(path.name + LOCK_SUFFIX),
        ):
            identity = _identity(written)
            if identity in taken:
                raise UsageError(
                    f"{what} {written} would overwrite {taken[identity]}", hint="name another file"
                )
            taken[identity] = f"{what} {written}"


def _identity(path: Path) -> object:
    """Return what tells one file from another, through links."""
    try:
        found = path.stat()
    except OSError:
        return str(path.resolve())
    return (found.st_dev, found.st_ino)
