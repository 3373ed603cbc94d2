"""One process of `fuzz_formats.py`: tries a reader, or makes one finding as small as may be.

    python scripts/fuzz_worker.py try READER SECONDS SEED FOLDER [--plain]
    python scripts/fuzz_worker.py judge READER FILE [SECONDS]

`try` keeps in FOLDER the input at hand (`current`), what was done so far (`state.json`) and each new kind of fault with
its input (`raw-*`). `judge` says as JSON what is wrong with FILE without instrumentation, and makes FILE smaller for
SECONDS while the same is wrong.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from random import Random
from types import FrameType

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

SECONDS = 2.0
"""Processor time for an input of at most 100 kB; instrumented code has more of it."""
_INSTRUMENTED = 4.0
_KILLED_AFTER = 20
"""Seconds of processor time after which the kernel ends a process that does not even see its signals."""
MEMORY = 512 * 1024 * 1024
"""Bytes that one input may take beyond what the program and the seeds took."""


class TooLong(BaseException):
    """An input took more processor time than it may."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong: the kind of error and where in our code it came up, which tell faults apart, and the traceback."""

    kind: str
    where: str
    told: str


def fault(run: Callable[[bytes], object], data: bytes, seconds: float) -> Fault | None:
    """What is wrong with reading `data`, if anything: it must end in a value or in an error for users, and soon."""
    from bitext.errors import BitextError

    try:
        with _limited(seconds):
            try:
                run(data)
            except BitextError as error:
                # What cannot be shown or makes broken words is no error for users.
                for language in ("en", "zh"):
                    error.render(language)
    except (TooLong, Exception) as error:  # noqa: BLE001  # all that comes up is what is looked for
        return _told(error)
    return None


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + _KILLED_AFTER, hard))
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def stop(_: int, __: FrameType | None) -> None:
    """End an input: the handler of SIGVTALRM."""
    raise TooLong


def _told(error: BaseException) -> Fault:
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "/bitext/" in frame.filename] or frames
    last = ours[-1] if not isinstance(error, (TooLong, RecursionError, MemoryError)) else ours[min(3, len(ours) - 1)]
    place = f"{'/'.join(Path(last.filename).parts[-2:])}:{last.name}"
    shown = traceback.format_exception(error, limit=-30)
    return Fault(type(error).__name__, place, "".join(shown)[-6000:])


def _bounded() -> None:
    """From here on only so much more memory may be taken."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limit = pages * resource.getpagesize() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (limit, resource.RLIM_INFINITY))


def _peak() -> int:
    """Megabytes of memory that this process had at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


class Trial:
    """Tries inputs and keeps account of it in a folder."""

    def __init__(self, name: str, folder: Path, seconds: float) -> None:
        from scripts.fuzz_readers import READERS

        self.reader = READERS[name]
        self.folder, self.seconds = folder, seconds
        self.inputs = 0
        self.slowest = 0.0
        self.base = 0
        self.kinds: set[tuple[str, str]] = set()
        self._current = (folder / "current").open("wb", buffering=0)
        self._said = 0.0

    def one(self, data: bytes) -> None:
        """Try one input."""
        self._current.seek(0)
        self._current.truncate()
        self._current.write(data)
        self.inputs += 1
        begun = time.process_time()
        found = fault(self.reader.run, data, self.seconds * max(1.0, len(data) / 100_000))
        self.slowest = max(self.slowest, time.process_time() - begun)
        if found is not None and (found.kind, found.where) not in self.kinds:
            self.kinds.add((found.kind, found.where))
            name = f"raw-{found.kind}-{sha256(data).hexdigest()[:8]}"
            (self.folder / name).write_bytes(data)
            (self.folder / f"{name}.txt").write_text(found.told, "utf-8", "backslashreplace")
        if time.monotonic() - self._said > 1:
            self.say()

    def say(self) -> None:
        """Write down what was done so far."""
        self._said = time.monotonic()
        state = {"inputs": self.inputs, "slowest": round(self.slowest, 2), "base": self.base, "peak": _peak()}
        beside = self.folder / "state.new"
        beside.write_text(json.dumps(state))
        beside.replace(self.folder / "state.json")


def attempt(name: str, seconds: int, seed: int, folder: Path, *, plain: bool) -> None:
    """Try the reader `name` for some seconds; guided by what code was reached, where that can be seen."""
    with ExitStack() as stack:
        guided = False if plain else _instrument(stack)
        from scripts.fuzz_mutations import LARGEST, mutated
        from scripts.fuzz_seeds import seeds

        trial = Trial(name, folder, SECONDS * (_INSTRUMENTED if guided else 1))
        found = seeds(name)
        for data in found:
            trial.one(data)
    trial.base = _peak()
    _bounded()
    reader = trial.reader

    def change(data: bytes, _: int, number: int) -> bytes:
        return mutated(Random(number), data, found, reader.tokens, packed=reader.packed)  # noqa: S311

    if not guided:
        _unguided(trial, found, seconds, seed, change)
        return
    import atheris

    corpus = folder / "seeds"
    corpus.mkdir(exist_ok=True)
    for number, data in enumerate(found):
        (corpus / f"{number:04}").write_bytes(data)
    limits = [f"-seed={seed}", f"-max_total_time={seconds}", f"-max_len={LARGEST}", "-rss_limit_mb=0", "-timeout=3600"]
    atheris.Setup([sys.argv[0], *limits, "-print_final_stats=1", str(corpus)], trial.one, custom_mutator=change)
    atheris.Fuzz()


def _instrument(stack: ExitStack) -> bool:
    try:
        import atheris
    except ImportError:
        return False
    include = [
        "bitext.formats",
        "bitext.settings",
        "bitext.project.codec",
        "bitext.text",
        "bitext.model",
        "json",
        "tomllib",
    ]
    stack.enter_context(atheris.instrument_imports(include=[*include, "markdown_it"]))
    return True


def _unguided(
    trial: Trial, found: Sequence[bytes], seconds: int, seed: int, change: Callable[[bytes, int, int], bytes]
) -> None:
    random, end = Random(seed), time.monotonic() + seconds  # noqa: S311
    while time.monotonic() < end:
        trial.one(change(random.choice(found), 0, random.getrandbits(32)))
    trial.say()


def judge(name: str, file: Path, seconds: float) -> None:
    """Say what is wrong with reading `file`, and make it smaller."""
    from scripts.fuzz_readers import READERS
    from scripts.fuzz_seeds import seeds

    run = READERS[name].run
    fault(run, seeds(name)[0], 60)
    _bounded()
    data = file.read_bytes()
    found = fault(run, data, SECONDS * max(1.0, len(data) / 100_000))
    if found is not None and found.kind not in ("TooLong", "MemoryError"):
        wanted = (found.kind, found.where)
        data = _smaller(data, lambda less: _kind(fault(run, less, SECONDS)) == wanted, time.monotonic() + seconds)
        file.write_bytes(data)
        found = fault(run, data, SECONDS)
    said = None if found is None else {"kind": found.kind, "where": found.where, "told": found.told}
    print(json.dumps(said))


def _kind(found: Fault | None) -> tuple[str, str]:
    return ("", "") if found is None else (found.kind, found.where)


def _smaller(data: bytes, fails: Callable[[bytes], bool], end: float) -> bytes:
    """`data` without all the stretches that it fails without, large ones first."""
    size = max(len(data) // 2, 1)
    while size and time.monotonic() < end:
        start = 0
        while start < len(data) and time.monotonic() < end:
            less = data[:start] + data[start + size :]
            if fails(less):
                data = less
            else:
                start += size
        size //= 2
    return data


def main(verb: str, name: str, *rest: str) -> None:
    signal.signal(signal.SIGVTALRM, stop)
    warnings.simplefilter("error")
    os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"
    if verb == "judge":
        judge(name, Path(rest[0]), float(rest[1]) if len(rest) > 1 else 20.0)
    else:
        attempt(name, int(rest[0]), int(rest[1]), Path(rest[2]), plain="--plain" in rest)


if __name__ == "__main__":
    main(*sys.argv[1:])
