package dev.rolecall.proxy.envoy;

import static java.util.Objects.requireNonNull;

/** A Unix socket that a checker listens on. */
record UnixAddress(UnixSocketFile file) implements CheckerAddress {

  UnixAddress {
    requireNonNull(file, "file");
  }
}
