"""The HTTP service: a FastAPI application over one archive."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from api.gate import Gate
from api.http import browsing, chat, feedback, owner, problems, service
from api.http.edge.documented import document_edge
from api.http.edge.stack import surround
from api.http.routes import router
from api.mcp.mount import served
from api.metrics import Metrics
from api.openai import routes as openai
from api.tracing import trace
from api.watch import AnswerWatch
from rag.archive import Archive
from rag.errors import BadInput
from rag.keys import Keys
from rag.owner_key import make_owner_key
from rag.settings import Settings


def create_app(settings: Settings | None = None, opened: Callable[[Archive], None] = lambda archive: None) -> FastAPI:
    """The application; its archive is opened when it starts and closed when it stops.

    `opened` is called once with the open archive, before the first request.
    """
    chosen = settings or Settings()
    metrics = Metrics()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        open_archive = partial(Archive, chosen, observer=AnswerWatch(metrics, chosen.log_questions))
        with await run_in_threadpool(open_archive) as archive:
            await run_in_threadpool(archive.load_models)  # the first question should not wait for it
            app.state.archive = archive
            app.state.gate = await run_in_threadpool(_gate, archive)
            opened(archive)
            async with served(app):
                yield

    app = FastAPI(
        title="cables",
        version="0.1.0",
        summary="Questions answered from an archive of diplomatic cables, with citations that open the paragraph.",
        lifespan=lifespan,
    )
    app.include_router(chat.router)
    app.include_router(router)
    app.include_router(browsing.router)
    app.include_router(feedback.router)
    app.include_router(service.router)
    app.include_router(owner.router)
    app.include_router(openai.router)
    problems.install(app)
    _mount_slack(app, chosen)
    app.state.metrics = metrics
    surround(app, chosen, metrics)
    document_edge(app)
    trace(app, chosen.otlp_endpoint)
    return app


def _mount_slack(app: FastAPI, settings: Settings) -> None:
    from api.slack.settings import SlackSettings

    slack = SlackSettings()
    if slack.http_mode:
        try:
            from api.slack.http_mode import slack_router
        except ImportError as error:
            raise BadInput("SLACK_BOT_TOKEN is set; the bot needs: pip install -e '.[slack]'") from error
        app.include_router(slack_router(settings, slack))


def _gate(archive: Archive) -> Gate:
    settings = archive.settings
    # Commands go through the service only on a store that it owns.
    owner_key = make_owner_key(settings.store) if archive.lock is not None else None
    return Gate(Keys(archive.catalog), owner_key, closed=settings.auth == "on")
