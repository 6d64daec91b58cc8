# The service, its web page, its Slack bot, the ingest and the Chroma server: one image, told apart by their commands.
FROM python:3.11-slim AS build

# Where pip finds CPU wheels of torch; without it the CUDA build comes, which is gigabytes larger.
ARG PIP_EXTRA_INDEX_URL
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/cables
WORKDIR /src
COPY constraints.txt requirements.lock ./
# All but torch by its hash (`make lock`): which build of torch it is, you say.
RUN /opt/cables/bin/pip install --no-deps --require-hashes --requirement requirements.lock
RUN /opt/cables/bin/pip install --constraint constraints.txt torch==2.13.0
COPY pyproject.toml README.md LICENSE ./
COPY rag rag
COPY ingest ingest
COPY evals evals
COPY api api
RUN /opt/cables/bin/pip install --no-deps --no-build-isolation . \
    && /opt/cables/bin/pip check \
    && find /opt/cables -name __pycache__ -prune -exec rm -rf {} +

FROM python:3.11-slim

RUN useradd --system --uid 10001 --home-dir /var/lib/cables --create-home cables
COPY --from=build /opt/cables /opt/cables
ENV PATH=/opt/cables/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    HF_HUB_OFFLINE=1 \
    ANONYMIZED_TELEMETRY=False \
    MALLOC_ARENA_MAX=2 \
    CABLES_STORE=/var/lib/cables \
    CABLES_LOG_FORMAT=json
USER cables
WORKDIR /var/lib/cables
VOLUME /var/lib/cables
EXPOSE 8000
ENTRYPOINT ["cables"]
CMD ["serve", "--host", "0.0.0.0"]
