# ReasonGym on Debian 12 with Swift:
#
#     docker build --tag reasongym .
#     docker run --rm --tty reasongym                # make demo
#     docker run --rm --tty reasongym make test
#
# This file passes hadolint, but nobody has built it yet. If it fails, please open an issue.
FROM swift:6.3-bookworm

# Debian keeps only the newest version of a package, so a pinned one would soon be gone.
# hadolint ignore=DL3008
RUN apt-get update \
  && apt-get install --yes --no-install-recommends make python3 \
  && rm -rf /var/lib/apt/lists/*

WORKDIR /ReasonGym

# The C libraries are a layer of their own, so that a change of a source file does not repeat it.
COPY Scripts/install-libraries Scripts/
RUN sh Scripts/install-libraries && rm -rf /var/lib/apt/lists/*

COPY . .
RUN make build

CMD ["make", "demo"]
