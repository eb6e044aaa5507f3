# The functions for AWS Lambda, for the processor of the machine that builds. From the top of the repository:
#
#   curl --fail --create-dirs -o target/rds/global-bundle.pem https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem
#   docker build -f docker/lambda.Dockerfile --target packages --build-context rds=target/rds -o target/functions .
#                                                               both as zips: whc-lambda.zip, whc-rotation.zip
#   docker build -f docker/lambda.Dockerfile -t whc-lambda .    whc-lambda as an image: stage `release`
#
# Needs BuildKit, as every Docker since 23 has it, and no frontend from elsewhere.

# As in docker/Dockerfile, which says why.
#checkov:skip=CKV_DOCKER_2:Lambda asks a function by calling it
#checkov:skip=CKV_DOCKER_7:both have exact tags, which the check does not find in an argument
ARG RUST=rust:1.95.0-slim-trixie
ARG BASE=gcr.io/distroless/cc-debian13:nonroot

FROM ${RUST} AS toolchain
WORKDIR /src


# As in docker/Dockerfile, which says why, to the letter: so both share the layer.
FROM toolchain AS manifests
COPY . .
RUN find . ! -type d \
        ! -name Cargo.toml ! -name Cargo.lock \
        ! -path '*/src/lib.rs' ! -name main.rs ! -path '*/src/bin/*' \
        ! -path '*/benches/*' ! -path '*/examples/*.rs' \
        -delete \
    && find . -type d -empty -delete \
    && echo 'fn main() {}' > /empty.rs \
    && find . -name '*.rs' -exec cp /empty.rs {} ';'


# Linked against the C library of Amazon Linux 2023, which the functions run on: zig knows every version of it.
FROM toolchain AS build
# Whichever version the distribution has.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install --yes --no-install-recommends python3-pip && rm -rf /var/lib/apt/lists/* \
    && pip install --no-cache-dir --break-system-packages cargo-zigbuild==0.24.0 ziglang==0.17.1
COPY --from=manifests /src .
RUN host="$(rustc --print host-tuple)" \
    && cargo zigbuild --locked --release --target "$host.2.34" --package whc-lambda \
    && cargo clean --release --target "$host" --workspace
COPY . .
RUN host="$(rustc --print host-tuple)" \
    && cargo zigbuild --frozen --release --target "$host.2.34" --package whc-lambda \
    && for function in whc-lambda whc-rotation; do \
        install -D "target/$host/release/$function" "/functions/$function/bootstrap" || exit; \
    done


# The authorities of the databases of RDS, which AWS renews and we do not keep: this stage gives way to what is named with
# --build-context.
FROM scratch AS rds

# Without them a rotation could trust no database, and would say so only when it is due: better no package.
FROM toolchain AS authorities
RUN --mount=type=bind,from=rds,target=/rds \
    if ! grep -q 'BEGIN CERTIFICATE' /rds/global-bundle.pem; then \
        echo 'whc-rotation needs the authorities of RDS: --build-context rds=FOLDER, with global-bundle.pem in it' >&2; exit 1; \
    fi; \
    install --mode 644 /rds/global-bundle.pem /rds.pem


FROM toolchain AS zip
# Whichever version the distribution has.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install --yes --no-install-recommends zip && rm -rf /var/lib/apt/lists/*
COPY --from=authorities /rds.pem /functions/whc-rotation/
COPY --from=build /functions /functions
WORKDIR /functions
# All of one age, without owners: the same programs are the same zips.
RUN find . -exec touch --date=1980-01-01 {} + \
    && for function in *; do zip -jX "/$function.zip" "$function"/* || exit; done


FROM scratch AS packages
COPY --from=zip /*.zip /


# The C library, certificates, a user, the program and its licences. Functions speak the Runtime API themselves, so they need
# nothing of what AWS puts into its own images. What Lambda runs is not this user but one without any rights.
FROM ${BASE} AS release
ARG BASE
COPY LICENSE-APACHE LICENSE-MIT /usr/share/doc/whc/
COPY whc-core/data/LICENSE /usr/share/doc/whc/LICENSE-DATA
COPY --from=build /functions/whc-lambda/bootstrap /var/task/bootstrap
ARG VERSION=dev
ARG REVISION=unknown
LABEL org.opencontainers.image.title="whc-lambda" \
      org.opencontainers.image.description="World Heritage sites over HTTP, as a function for AWS Lambda" \
      org.opencontainers.image.licenses="(MIT OR Apache-2.0) AND CC-BY-SA-4.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.base.name="${BASE}"
USER 65532:65532
ENTRYPOINT ["/var/task/bootstrap"]
