package dev.rolecall.tests.calls;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.CallerVerifier;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Reading;
import dev.rolecall.access.scheme.Scheme;

/** A scheme with a defect. */
final class FailingScheme implements Scheme {

  @Override
  public CallerVerifier verifier(AccessRuntime runtime) {
    return new CallerVerifier() {
      @Override
      public Reading read(Credential credential, Connection connection) {
        throw new IllegalStateException("a defect");
      }

      @Override
      public void close() {}
    };
  }
}
