package dev.rolecall.policy;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A source under another. The combined policy is kept until either source has a new one, and with
 * it the decisions that it remembers.
 */
final class NarrowedSource implements PolicySource {

  private record Made(AccessPolicy from, AccessPolicy narrower, AccessPolicy policy) {
    boolean isOf(AccessPolicy from, AccessPolicy narrower) {
      return this.from == from && this.narrower == narrower;
    }
  }

  private final PolicySource wide;
  private final PolicySource narrow;
  private volatile Made made;

  NarrowedSource(PolicySource wide, PolicySource narrow) {
    this.wide = requireNonNull(wide, "wide");
    this.narrow = requireNonNull(narrow, "narrow");
    this.made = make(wide.current(), narrow.current());
  }

  @Override
  public AccessPolicy current() {
    AccessPolicy from = wide.current();
    AccessPolicy narrower = narrow.current();
    Made known = made;
    return known.isOf(from, narrower) ? known.policy() : renewed(from, narrower);
  }

  /** One thread makes it, so that all of them get the same. */
  private synchronized AccessPolicy renewed(AccessPolicy from, AccessPolicy narrower) {
    if (!made.isOf(from, narrower)) {
      made = make(from, narrower);
    }
    return made.policy();
  }

  private static Made make(AccessPolicy from, AccessPolicy narrower) {
    return new Made(from, narrower, from.narrowedBy(narrower));
  }

  @Override
  public Registration onChange(Runnable listener) {
    requireNonNull(listener, "listener");
    return both(wide.onChange(listener), narrow.onChange(listener));
  }

  @Override
  public Optional<Registration> observedBy(ReloadObserver observer) {
    Optional<Registration> ofWide = wide.observedBy(observer);
    Optional<Registration> ofNarrow = narrow.observedBy(observer);
    return ofWide.isPresent() && ofNarrow.isPresent()
        ? Optional.of(both(ofWide.get(), ofNarrow.get()))
        : ofWide.or(() -> ofNarrow);
  }

  private static Registration both(Registration ofWide, Registration ofNarrow) {
    return () -> closeBoth(ofWide::close, ofNarrow::close);
  }

  @Override
  public void close() {
    closeBoth(wide::close, narrow::close);
  }

  /** The second too, whatever the first throws. */
  private static void closeBoth(Runnable first, Runnable second) {
    try {
      first.run();
    } finally {
      second.run();
    }
  }
}
