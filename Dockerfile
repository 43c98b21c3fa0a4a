# One image for every service, the gateway and the command line: `crm serve deals`, `crm migrate` …
FROM python:3.13-slim AS build
RUN python -m venv /uv && /uv/bin/pip install --no-cache-dir --disable-pip-version-check uv==0.13.9
ENV UV_PROJECT_ENVIRONMENT=/opt/crm UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_NO_CACHE=1 UV_PYTHON_DOWNLOADS=never
WORKDIR /src
# the dependencies change seldom: they are a layer of their own
COPY pyproject.toml uv.lock README.md LICENSE ./
RUN /uv/bin/uv sync --locked --no-dev --no-install-project
COPY chassis chassis
COPY services services
COPY gateway gateway
COPY crm crm
RUN /uv/bin/uv sync --locked --no-dev --no-editable

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin crm && install -d -o crm -g crm -m 700 /data
COPY --from=build /opt/crm /opt/crm
ENV PATH=/opt/crm/bin:$PATH PYTHONUNBUFFERED=1 CRM_DATA_DIR=/data
USER crm
WORKDIR /data
ENTRYPOINT ["crm"]
CMD ["--help"]
