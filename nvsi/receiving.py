"""How files that people send come in: straight to disk, and never more than the limit.

Django gives every file to these handlers (FILE_UPLOAD_HANDLERS). What is beyond the
limit is read and dropped, so that the browser gets a page and not a broken connection.
It is dropped with SkipFile: after StopUpload Django would read the rest line by line,
and a file without lines as a whole into memory.
"""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest


class LimitHandler(FileUploadHandler):
    """Stops a file that is larger than settings.UPLOAD_MOST_BYTES."""

    was_too_large = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if start + len(raw_data) > settings.UPLOAD_MOST_BYTES:
            self.was_too_large = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> Any:
        """The next handler has the file."""


def was_too_large(request: HttpRequest) -> bool:
    """Whether a file of this request was stopped; asks for its POST to be read."""
    return any(
        isinstance(handler, LimitHandler) and handler.was_too_large
        for handler in request.upload_handlers
    )
