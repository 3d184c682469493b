package dev.rolecall.access.call;

import dev.rolecall.policy.condition.HeaderName;
import java.util.Optional;

/** A reader for a door that does not know its calls' headers. */
enum UnknownHeaders implements HeaderReader<Object> {
  /** The only one. */
  INSTANCE;

  @Override
  public boolean knowsHeaders() {
    return false;
  }

  @Override
  public Optional<String> value(Object headers, HeaderName name) {
    return Optional.empty();
  }

  @Override
  public Object copy(Object headers) {
    return headers;
  }
}
