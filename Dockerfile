# syntax=docker/dockerfile:1
# Two stages: wheels are built where there is a compiler (and Node, from a package), and run where there is neither.

FROM python:3.13-slim-bookworm AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends gcc libc6-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY requirements/basis.txt requirements/
# durable-rules is built from C; from Python 3.13 a function that it calls has another name
RUN CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject \
    pip wheel --no-cache-dir --require-hashes --wheel-dir /wheels --requirement requirements/basis.txt
COPY pyproject.toml MANIFEST.in README.md LICENSE package.json package-lock.json .npmrc ./
COPY requirements/ontwikkeling.txt requirements/
COPY regels regels
COPY service service
COPY web web
# the style of the pages is built on the way: web/stijl/haak.py
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

FROM python:3.13-slim-bookworm
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --no-deps /wheels/*.whl
# at run time only the data directory is written, so the container can be started with --read-only
RUN install --directory --mode=0700 --owner=10001 --group=10001 /gegevens
VOLUME /gegevens
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 HUURTOETS_GEGEVENSMAP=/gegevens
# who may use the service is chosen by who runs it, with HUURTOETS_TOEGANG: without a choice it does not start here
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=15s --retries=3 \
    CMD ["python", "-c", "from http.client import HTTPConnection as C; c = C('127.0.0.1', 8000, timeout=2); c.request('GET', '/gezond'); raise SystemExit(c.getresponse().status != 200)"]
ENTRYPOINT ["huurtoets"]
CMD ["start", "--host", "0.0.0.0", "--port", "8000"]
