"""The bytes of an upload: pieces in the database, and on disk while they are read."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from billing.models import Upload, UploadPiece

PIECE = 1 << 20


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def keep(upload: Upload, path: Path) -> None:
    """Keep the bytes of a file, in the place of what was kept before."""
    forget(upload)
    with path.open("rb") as file:
        sequence = 0
        while content := file.read(PIECE):
            UploadPiece.objects.create(
                upload=upload, sequence=sequence, content=content
            )
            sequence += 1


def forget(upload: Upload) -> None:
    upload.pieces.all().delete()


def is_kept(upload: Upload) -> bool:
    return upload.pieces.exists()


@contextmanager
def on_disk(upload: Upload) -> Iterator[Path]:
    """The file, for as long as it is read."""
    with tempfile.NamedTemporaryFile(prefix="nvsi-upload-") as file:
        sequences = upload.pieces.values_list("sequence", flat=True)
        for sequence in list(sequences.order_by("sequence")):
            piece = upload.pieces.get(sequence=sequence)
            file.write(bytes(piece.content))
        file.flush()
        yield Path(file.name)
