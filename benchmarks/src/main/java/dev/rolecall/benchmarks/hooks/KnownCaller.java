package dev.rolecall.benchmarks.hooks;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.CallerVerifier;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Reading;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Caller;

/** A scheme to which every credential is the same caller's; asked once, before the hits. */
record KnownCaller(Caller caller) implements Scheme, CallerVerifier {

  @Override
  public CallerVerifier verifier(AccessRuntime runtime) {
    return this;
  }

  @Override
  public Reading read(Credential credential, Connection connection) {
    return new Reading.Settled(new Verification.Verified(caller));
  }

  @Override
  public void close() {}
}
