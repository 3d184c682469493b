package dev.rolecall.cli.front;

import dev.rolecall.access.AccessControlBuilder;
import dev.rolecall.cli.connect.ClientEnd;
import dev.rolecall.grants.GrantFeed;
import java.util.Optional;

/** The grants that a server follows, if any, and its end of connections to the access service. */
public final class ServedGrants implements AutoCloseable {

  private final Optional<GrantFeed> feed;
  private final Runnable closing;

  private ServedGrants(Optional<GrantFeed> feed, Runnable closing) {
    this.feed = feed;
    this.closing = closing;
  }

  /** No grants are followed. */
  public static ServedGrants none() {
    return new ServedGrants(Optional.empty(), () -> {});
  }

  /** Those of that feed, whose connections have that end. */
  static ServedGrants of(GrantFeed feed, ClientEnd end) {
    return new ServedGrants(Optional.of(feed), end::close);
  }

  /** Whether some are followed. */
  public boolean areFollowed() {
    return feed.isPresent();
  }

  /** Has the control follow them, and close them. */
  public AccessControlBuilder followedBy(AccessControlBuilder control) {
    feed.ifPresent(control::grants);
    return control;
  }

  /** What to add to a complaint of a server about its options; empty if grants are followed. */
  public String hint(IllegalArgumentException complaint) {
    return !areFollowed() && String.valueOf(complaint.getMessage()).contains("grant")
        ? "; see --grants"
        : "";
  }

  /** Closes the end: after the guard. */
  @Override
  public void close() {
    closing.run();
  }
}
