package dev.rolecall.policy;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** A source that others use too, and so is not closed here. */
record SharedSource(PolicySource source) implements PolicySource {

  SharedSource {
    requireNonNull(source, "source");
  }

  @Override
  public AccessPolicy current() {
    return source.current();
  }

  @Override
  public Registration onChange(Runnable listener) {
    return source.onChange(listener);
  }

  @Override
  public Optional<Registration> observedBy(ReloadObserver observer) {
    return source.observedBy(observer);
  }
}
