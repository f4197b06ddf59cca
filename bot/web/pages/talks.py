"""The talks: what there is, and where more are dropped, read and followed on their way."""

import secrets
from functools import partial
from typing import Annotated

from fastapi import APIRouter, File, Form, HTTPException, Query, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from bot.errors import InputError
from bot.library.overview import Tally, newest_transcript, tallies
from bot.library.query import count_talks, listed_talks
from bot.pipeline import Cast
from bot.web.incoming import Dropped, dropped, plain_name
from bot.web.jobs import Job, Jobs, Source, jobs_of
from bot.web.site import Site
from bot.web.templating import page, path_to, wants_piece
from bot.web.visit import First, Here, Served

router = APIRouter()
SHOWN = 100  # talks of a page
_MOST_WAITING = 300
_LONGEST = 300  # letters of a title or name


@router.get("/talks", name="talks")
def talks(
    request: Request,
    site: Served,
    _: Here,
    q: Annotated[str, Query(max_length=_LONGEST)] = "",
    first: First = 0,
) -> Response:
    """The talks, the latest first, with how many of their quotes are decided; or some by title."""
    with site.store.read() as connection:
        total = count_talks(connection, q)
        listed = listed_talks(connection, q, SHOWN, first)
        counted = tallies(connection, [talk.id for talk in listed])
    found = [(talk, counted.get(talk.id, Tally())) for talk in listed]
    running = jobs_of(request).running()
    return page(
        request,
        "talks.html",
        talks=found,
        total=total,
        q=q,
        first=first,
        shown=SHOWN,
        running=running,
    )


@router.post("/talks")
def drop(
    request: Request, site: Served, _: Here, files: Annotated[list[UploadFile], File()]
) -> Response:
    """Take transcripts; each is read when its turn comes, whatever the others are."""
    jobs, batch = jobs_of(request), secrets.token_urlsafe(9)
    if len(files) + len(jobs.running()) > _MOST_WAITING:
        raise HTTPException(429, f"no more than {_MOST_WAITING} files wait at once; drop fewer")
    for file in files:
        _take(jobs, batch, file, site)
    return RedirectResponse(path_to(request, "reading", batch=batch), 303)


@router.get("/talks/reading/{batch}", name="reading")
def reading(request: Request, batch: str, _: Here) -> Response:
    """How far the files are that came together; when all is well, on to the inbox."""
    found = jobs_of(request).of(batch)
    if not found:
        raise HTTPException(404, "these files were read long ago; the talks are all listed")
    piece, plain = wants_piece(request), all(job.plain for job in found)
    if plain and not piece:  # a short file may be read before its page is asked for
        return RedirectResponse(_inbox(request, found), 303)
    template = "reading_list.html" if piece else "reading.html"
    ended = all(job.ended for job in found)
    answer = page(request, template, jobs=found, batch=batch, ended=ended)
    if plain:
        answer.headers["HX-Redirect"] = _inbox(request, found)
    return answer


@router.post("/talks/{talk}/harvest", name="harvest")
def harvest(
    request: Request,
    site: Served,
    visit: Here,
    talk: str,
    speaker: Annotated[str, Form(max_length=_LONGEST)],
    title: Annotated[str, Form(max_length=_LONGEST)] = "",
) -> Response:
    """Harvest the newest transcript of a talk again, with the main speaker a person names."""
    names = tuple(dict.fromkeys(" ".join(one.split()) for one in speaker.split(";") if one.strip()))
    if not names:
        raise InputError("somebody speaks", remedy="write the main speaker's name")
    known = site.library.talk(talk)
    values = {"title": " ".join(title.split()) or known.title, "speakers": names}
    change = partial(site.library.change_talk, known.id, values, visit.who, site.now())
    batch = secrets.token_urlsafe(9)
    source = Source(partial(_stored, site, known.id), Cast(names), again=change)
    jobs_of(request).add(batch, known.title, source)
    return RedirectResponse(path_to(request, "reading", batch=batch), 303)


def _take(jobs: Jobs, batch: str, file: UploadFile, site: Site) -> None:
    """One file on its way; what cannot even be taken is told like what cannot be read."""
    config = site.project.config
    try:
        taken = dropped(file.filename, file.file, config.harvest.max_mb)
    except InputError as error:
        jobs.refuse(batch, plain_name(file.filename), error)
        return
    jobs.add(batch, taken.name, Source(partial(_bytes, taken), Cast(usual=config.speaker)))


def _bytes(taken: Dropped) -> tuple[bytes, str]:
    return taken.taken(), taken.name


def _stored(site: Site, talk: str) -> tuple[bytes, str]:
    with site.store.read() as connection:
        transcript = newest_transcript(connection, talk)
    return transcript.raw, transcript.source


def _inbox(request: Request, found: tuple[Job, ...]) -> str:
    """The inbox, of the one talk that was read if it is one."""
    of = {job.talk for job in found}
    return path_to(request, "inbox") + (f"?talk={of.pop()}" if len(of) == 1 else "")
