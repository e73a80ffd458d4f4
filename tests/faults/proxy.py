"""A network that can be cut, or on which nothing comes through for a while."""

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

PIECE = 1 << 16
SECONDS_TO_STOP = 10


@dataclass
class Proxy:
    """Passes on what comes to a loopback port: to a socket's path, or to a port."""

    target: Path | int
    port: int = 0
    taken: int = 0  # connections, ever
    _flowing: asyncio.Event = field(default_factory=asyncio.Event)
    _writers: set[asyncio.StreamWriter] = field(default_factory=set)
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    @contextmanager
    def stalled(self) -> Iterator[None]:
        """Half-open: connections are taken, and nothing on them gets anywhere."""
        self._loop.call_soon_threadsafe(self._flowing.clear)
        try:
            yield
        finally:
            self._loop.call_soon_threadsafe(self._flowing.set)

    def cut(self) -> None:
        """Break every connection that there is; new ones work."""

        def abort() -> None:
            for writer in self._writers:
                writer.transport.abort()

        self._loop.call_soon_threadsafe(abort)

    @contextmanager
    def running(self) -> Iterator["Proxy"]:
        ready: Future[None] = Future()
        stop = asyncio.Event()
        thread = threading.Thread(
            target=lambda: self._loop.run_until_complete(self._serve(ready, stop))
        )
        thread.start()
        try:
            ready.result(SECONDS_TO_STOP)
            yield self
        finally:
            self._loop.call_soon_threadsafe(stop.set)
            thread.join(SECONDS_TO_STOP)
            self._loop.close()

    async def _serve(self, ready: "Future[None]", stop: asyncio.Event) -> None:
        server = await asyncio.start_server(self._take, "127.0.0.1", self.port)
        self.port = server.sockets[0].getsockname()[1]
        self._flowing.set()
        ready.set_result(None)
        await stop.wait()
        server.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _take(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.taken += 1
        with ExitStack() as stack:
            stack.callback(self._forget, writer)
            self._writers.add(writer)
            with suppress(OSError, asyncio.CancelledError):
                if isinstance(self.target, Path):
                    there = await asyncio.open_unix_connection(self.target)
                else:
                    there = await asyncio.open_connection("127.0.0.1", self.target)
                stack.callback(self._forget, there[1])
                self._writers.add(there[1])
                await self._pass_both(reader, writer, *there)

    async def _pass_both(
        self,
        here: asyncio.StreamReader,
        to_here: asyncio.StreamWriter,
        there: asyncio.StreamReader,
        to_there: asyncio.StreamWriter,
    ) -> None:
        """Until one side ends: then the other does too."""
        ways = [
            asyncio.ensure_future(self._pass(here, to_there)),
            asyncio.ensure_future(self._pass(there, to_here)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()

    async def _pass(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        with suppress(OSError):
            while piece := await reader.read(PIECE):
                await self._flowing.wait()
                writer.write(piece)
                await writer.drain()

    def _forget(self, writer: asyncio.StreamWriter) -> None:
        self._writers.discard(writer)
        writer.transport.abort()
