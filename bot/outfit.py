"""From a project's settings to what its cards look like and what its harvests go by."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.cards import Cache, Look, Overrides
    from bot.config import Project
    from bot.drawing import Dress
    from bot.pipeline import Terms
    from bot.settings import Config


def look(project: "Project", template: str | None, theme: str | None) -> "Look":
    """What cards look like: options before settings, the user's own assets before the shipped."""
    from bot.cards import load_look, template_names
    from bot.errors import ConfigError, UsageError

    card = project.config.card
    try:
        return load_look(
            template or card.template,
            theme or card.theme,
            user_folder=project.assets,
            overrides=overrides(project),
            max_bytes=card.max_kb * 1000,
        )
    except UsageError as error:
        known = (template or card.template) in template_names(project.assets)
        setting = "theme" if known else "template"
        if (template if setting == "template" else theme) or project.path is None:
            raise
        line = project.lines.get(("card", setting))
        raise ConfigError(project.path, error.reason, line=line, remedy=error.remedy) from error


def overrides(project: "Project") -> "Overrides":
    """A person's colours, fonts and brand, and the lines of config.yaml they stand in."""
    from msgspec import structs

    from bot.cards import Overrides

    config = project.config
    places = project.lines.items()
    lines = {(keys[1], keys[2]): line for keys, line in places if len(keys) == 3}
    lines |= {(keys[0], keys[-1]): line for keys, line in places if keys[0] == "brand"}
    said = structs.asdict(config.brand)
    looks = {key: str(said[key]) for key in said if said[key] and key not in ("logo", "handle")}
    path = project.path or Path("config.yaml")
    return Overrides(config.card.colors, config.card.fonts, looks, path, lines)


def dress(project: "Project") -> "Dress":
    """What every card carries by the settings; a logo that cannot be used is an error."""
    from bot.cards import open_picture
    from bot.config import FILE
    from bot.drawing import Dress
    from bot.errors import ConfigError, InputError

    brand, card = project.config.brand, project.config.card
    logo = None
    if brand.logo:
        try:
            logo = open_picture(project.folder / brand.logo, "logo")
        except InputError as error:
            path, line = project.path or FILE, project.lines.get(("brand", "logo"))
            raise ConfigError(path, error.reason, line=line, remedy=error.remedy) from error
    return Dress(logo, brand.handle or "", card.photos, card.code, project.folder)


def cache(project: "Project") -> "Cache | None":
    """Where a project keeps what was drawn; outside any, nothing is kept."""
    from bot.cards import Cache

    most = project.config.card.cache_mb * 1_000_000
    return Cache(project.path.parent / ".cache" / "cards", most) if project.path and most else None


def terms_of(config: "Config", count: int = 0) -> "Terms":
    """What a harvest goes by, of which ``count`` quotes are asked for."""
    from bot.pipeline import Terms

    settings = config.harvest
    keep = max(settings.keep, count)
    return Terms(keep, config.glossary, settings.cleanup, settings.semantic)
