package dev.rolecall.policy.condition;

import java.util.Optional;

/** The facts of a call of which nothing is known; get it from {@link CallFacts#unknown}. */
enum UnknownFacts implements CallFacts {
  /** The only one. */
  INSTANCE;

  @Override
  public boolean knowsHeaders() {
    return false;
  }

  @Override
  public Optional<String> header(HeaderName name) {
    return Optional.empty();
  }

  @Override
  public Optional<IpAddress> address() {
    return Optional.empty();
  }
}
