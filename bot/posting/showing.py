"""Posts as people and programs are shown them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from bot.config import Project
from bot.post import Draft, Posted
from bot.posting.terms import Terms, all_terms
from bot.publishing import accounts


def terms_by_account(connection: Connection, project: Project) -> dict[tuple[str, str], Terms]:
    """The terms of each account that the ledger knows, by (network, id)."""
    terms = {(one.network, one.label): one for one in all_terms(project)}
    found = {(one.network, one.handed): one for one in terms.values()}
    for one in accounts.all_accounts(connection):
        if (one.network, one.label) in terms:
            found[one.network, one.id] = terms[one.network, one.label]
    return found


def label_of(post: Posted, terms: Mapping[tuple[str, str], Terms]) -> str:
    """An account's name in the settings, or what the ledger knows it by."""
    of = terms.get((post.key.network, post.key.account))
    return of.label if of else post.key.account


def post_json(post: Posted, terms: Mapping[tuple[str, str], Terms]) -> dict[str, Any]:
    """A post for programs."""
    of = terms.get((post.key.network, post.key.account))
    at = post.at or post.due
    local = at.astimezone(of.rota.zone).isoformat() if at and of else None
    return {
        "id": post.id,
        "account": label_of(post, terms),
        "network": post.key.network,
        "quote": post.key.quote,
        "occasion": post.key.occasion,
        "state": post.state,
        "due": post.due.isoformat() if post.due else None,
        "at": post.at.isoformat() if post.at else None,
        "local": local,
        "text": post.words.text,
        "counted": post.words.counted,
        "quoted": post.words.quoted,
        "alt": list(post.alts),
        "link": post.link,
        "url": post.url,
        "why": post.why,
        "pinned": post.pinned,
        "reason": post.reason,
    }


def draft_json(terms: Terms, draft: Draft) -> dict[str, Any]:
    """A post that was planned just now, for programs."""
    return {
        "account": terms.label,
        "network": draft.key.network,
        "quote": draft.key.quote,
        "occasion": draft.key.occasion,
        "due": draft.due.isoformat(),
        "local": draft.due.astimezone(terms.rota.zone).isoformat(),
        "text": draft.words.text,
        "counted": draft.words.counted,
        "quoted": draft.words.quoted,
        "alt": [one.alt for one in draft.images],
        "why": draft.why,
        "pinned": draft.pinned,
        "look": dict(draft.look),
    }
