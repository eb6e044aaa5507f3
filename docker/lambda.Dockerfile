# The function as a container image for AWS Lambda. From the top of the repository:
#
#   docker build -f docker/lambda.Dockerfile -t whc-lambda .
#   docker build -f docker/lambda.Dockerfile -t whc-lambda --platform linux/arm64 .
#
# The base image brings the runtime interface emulator, so the same image answers on this machine:
#
#   docker run --rm -p 9000:8080 whc-lambda
#   curl -d @whc-lambda/tests/events/http-api.json localhost:9000/2015-03-31/functions/function/invocations

# Built where it will run: the same C library, on either processor.
FROM public.ecr.aws/amazonlinux/amazonlinux:2023 AS build
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
# The base image is renewed as a whole; versions of its packages are its own.
# hadolint ignore=DL3041
RUN dnf install -y gcc tar gzip && dnf clean all
RUN curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y --profile minimal --default-toolchain stable
ENV PATH="/root/.cargo/bin:${PATH}"
WORKDIR /whc
COPY . .
RUN --mount=type=cache,target=/root/.cargo/registry \
    --mount=type=cache,target=/whc/target \
    cargo build --release --locked -p whc-lambda --bin whc-lambda && cp target/release/whc-lambda /bootstrap

FROM public.ecr.aws/lambda/provided:al2023
COPY --from=build /bootstrap ${LAMBDA_RUNTIME_DIR}/bootstrap
# The base image wants the name of a handler; this function has one only.
CMD ["whc"]
