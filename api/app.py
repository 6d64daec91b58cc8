"""The HTTP service: a FastAPI application over one archive."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from fastapi import Depends, FastAPI
from starlette.concurrency import run_in_threadpool

from api.auth.gate import Gate
from api.client import ClientSettings
from api.graph_refilling import graph_refilled
from api.http.routes import (
    answers,
    browsing,
    chat,
    checking,
    citing,
    feedback,
    health,
    owner,
    scanning,
    search,
    watching,
)
from api.http.settings import HttpSettings
from api.http.unknown_parameters import refuse_unknown_parameters
from api.mcp.mount import mounted_mcp
from api.middleware.openapi_responses import MIDDLEWARE_STATUSES, document_middleware
from api.middleware.stack import add_middleware
from api.observability.audit_log import AuditLog
from api.observability.metrics import Metrics
from api.observability.tracing import trace
from api.observability.watch import AnswerWatch
from api.openai import routes as openai
from api.openai.errors import PREFIX, add_openai_errors, openai_responses
from api.problems import add_exception_handlers, problem_responses
from api.web.pages import add_pages
from rag.archive import Archive
from rag.catalog.keys import Keys
from rag.citing.citable import Holding
from rag.errors import BadInput
from rag.index.owner_key import make_owner_key
from rag.settings import Settings


def create_app(
    settings: Settings | None = None,
    http: HttpSettings | None = None,
    *,
    opened: Callable[[Archive], None] = lambda archive: None,
) -> FastAPI:
    """The application; its archive is opened when it starts and closed when it stops.

    Settings that are not passed are read from the environment. `opened` is called once with the open archive, before
    the first request.
    """
    settings, http, metrics = settings or Settings(), http or HttpSettings(), Metrics()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        open_archive = partial(Archive, settings, observer=AnswerWatch(metrics, http.log_questions))
        with await run_in_threadpool(open_archive) as archive:
            await run_in_threadpool(archive.load_models)  # so that the first question does not wait for them
            app.state.archive = archive
            app.state.gate = await run_in_threadpool(_gate, archive, http.auth == "on")
            opened(archive)
            async with graph_refilled(archive), mounted_mcp(app):
                yield

    app = FastAPI(
        title="cables",
        version="0.1.0",
        summary="Questions answered from an archive of diplomatic cables, with citations that open the paragraph.",
        lifespan=lifespan,
        docs_url=None,  # its page loads scripts from elsewhere; ours is in api/web/api_docs.py
        redoc_url=None,
    )
    _add_routes(app, settings)
    add_exception_handlers(app)
    app.state.metrics, app.state.audit, app.state.holding = metrics, AuditLog(settings.audit_log), _holding(settings)
    add_middleware(app, http, metrics)
    add_openai_errors(app)
    document_middleware(app, _middleware_responses)
    trace(app, http.otlp_endpoint)
    return app


def _middleware_responses(path: str) -> dict[int | str, dict[str, Any]]:
    return (openai_responses if path.startswith(PREFIX) else problem_responses)(*MIDDLEWARE_STATUSES)


def _holding(settings: Settings) -> Holding:
    return Holding(settings.archive_name, ClientSettings().public_url)


def _add_routes(app: FastAPI, settings: Settings) -> None:
    for routes in (
        chat,
        answers,
        search,
        scanning,
        browsing,
        citing,
        checking,
        feedback,
        health,
        owner,
        watching,
    ):
        app.include_router(routes.router, dependencies=[Depends(refuse_unknown_parameters)])
    app.include_router(openai.router)  # clients of that API may send what it does not name
    add_pages(app)
    _mount_slack(app, settings)


def _mount_slack(app: FastAPI, settings: Settings) -> None:
    from api.slack.settings import SlackSettings

    slack = SlackSettings()
    if slack.http_mode:
        try:
            from api.slack.http_mode import slack_router
        except ImportError as error:
            raise BadInput("SLACK_BOT_TOKEN is set; the bot needs: pip install -e '.[slack]'") from error
        app.include_router(slack_router(settings, slack, ClientSettings()))


def _gate(archive: Archive, closed: bool) -> Gate:
    # The owner key is for commands on an embedded store, which the service owns.
    owner_key = make_owner_key(archive.settings.store) if archive.lock is not None else None
    return Gate(Keys(archive.catalog), owner_key, closed)
