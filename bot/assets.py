"""Where fonts, themes and weights are: the user's folder first, then the shipped ones."""

from pathlib import Path

_INSTALLED = Path(__file__).with_name("_assets")
_CHECKOUT = Path(__file__).parent.parent / "assets"
SHIPPED = _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT


def find(kind: str, name: str, user_folder: Path | None = None) -> Path | None:
    """The file ``assets/<kind>/<name>``, the user's before the shipped one, or None.

    A name leads nowhere else: one with parts of a path is that of no file.
    """
    if name != Path(name).name or "\\" in name:
        return None
    folders = [user_folder, SHIPPED] if user_folder else [SHIPPED]
    return next((path for folder in folders if (path := beside(folder / kind, name))), None)


def beside(folder: Path, name: str) -> Path | None:
    """The file that a path from a folder leads to, or None; ``~`` is the user's own folder."""
    try:
        path = folder / Path(name).expanduser()
        return path if path.is_file() else None
    except (OSError, RuntimeError, ValueError):  # too long, of an unknown user, not to be read
        return None


def names(kind: str, suffix: str, user_folder: Path | None = None) -> list[str]:
    """The stems of all files of a kind, sorted, the user's and the shipped ones together."""
    folders = [folder for folder in (user_folder, SHIPPED) if folder]
    return sorted({path.stem for folder in folders for path in (folder / kind).glob(f"*{suffix}")})


def default_config() -> str:
    """The shipped config.yaml: every setting with its default."""
    shipped = SHIPPED / "config.yaml"
    path = shipped if shipped.is_file() else SHIPPED.parent / "config.yaml"
    return path.read_text(encoding="utf-8")
