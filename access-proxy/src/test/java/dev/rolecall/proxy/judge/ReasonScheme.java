package dev.rolecall.proxy.judge;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.CallerVerifier;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Reading;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.identity.RefusalReason;
import java.util.Optional;

/** A scheme that refuses a bearer {@code reason.NAME} for that reason, and reads no other. */
final class ReasonScheme implements Scheme, CallerVerifier {

  static final String PREFIX = "reason.";

  @Override
  public CallerVerifier verifier(AccessRuntime runtime) {
    return this;
  }

  @Override
  public Reading read(Credential credential, Connection connection) {
    String text = credential instanceof Credential.Header header ? header.bearer() : null;
    return text != null && text.startsWith(PREFIX)
        ? Reading.refused(RefusalReason.valueOf(text.substring(PREFIX.length())), Optional.empty())
        : Reading.notMine();
  }

  @Override
  public void close() {}
}
