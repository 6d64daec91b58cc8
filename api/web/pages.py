"""Every route of the web page, for the service's application."""

from fastapi import FastAPI

from api.web import (
    api_docs,
    ask_page,
    assets,
    browse_page,
    cite_page,
    coverage_page,
    draft_page,
    kept_page,
    read_page,
    saved_list,
    searches_page,
    session,
    verdicts,
)


def add_pages(app: FastAPI) -> None:
    """Add the pages and their files; none of them keeps anything in this process."""
    for module in (
        assets,
        api_docs,
        ask_page,
        browse_page,
        cite_page,
        coverage_page,
        draft_page,
        kept_page,
        read_page,
        saved_list,
        searches_page,
        session,
        verdicts,
    ):
        app.include_router(module.router)
