# The server alone: no PyTorch, no evaluations. The index and the model come from a volume that was prepared elsewhere
# (`asistente ingerir` with the extra `setup`), see README.md. What it installs is checked by its hash; to pin the images
# too: `python tools/pin_images.py`.
FROM python:3.12-slim AS build
WORKDIR /build
RUN python -m venv /opt/asistente
COPY requirements-image.txt ./
RUN /opt/asistente/bin/pip install --no-cache-dir --require-hashes --requirement requirements-image.txt
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY assistant assistant
COPY bots bots
COPY corpus corpus
COPY ingest ingest
RUN /opt/asistente/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.12-slim
RUN useradd --system --uid 10001 --home-dir /datos asistente && install --directory --owner asistente /datos
COPY --from=build /opt/asistente /opt/asistente
ENV PATH=/opt/asistente/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    ASISTENTE_DATA_DIR=/datos \
    ASISTENTE_HOST=0.0.0.0 \
    ASISTENTE_LOG_FORMAT=json
USER 10001
WORKDIR /datos
VOLUME /datos
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
STOPSIGNAL SIGTERM
CMD ["asistente", "servir"]
