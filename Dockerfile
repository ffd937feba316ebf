# One function as a container image, for accounts that deploy images instead of zip archives. template.yaml deploys zips
# and does not use this file.
#
#   docker build --build-arg BIN=reserve-seats --tag jari/reserve-seats .

# The function's own operating system, so that both stages have the same C library.
FROM public.ecr.aws/amazonlinux/amazonlinux:2023 AS build
RUN dnf install --assumeyes --setopt=install_weak_deps=False gcc \
    && dnf clean all \
    && curl --proto '=https' --tlsv1.2 --silent --show-error --fail https://sh.rustup.rs \
        | sh -s -- -y --profile minimal --default-toolchain stable
ENV PATH=/root/.cargo/bin:$PATH
WORKDIR /source
COPY . .
# The binary's name, which is the function's: a file of functions/*/src/bin.
ARG BIN
RUN cargo build --release --locked --bin "${BIN:?name a function with --build-arg BIN=…}" \
    && install -D target/*/release/"$BIN" /out/bootstrap

FROM public.ecr.aws/lambda/provided:al2023
COPY --from=build /out/bootstrap ${LAMBDA_RUNTIME_DIR}/bootstrap
CMD ["bootstrap"]
