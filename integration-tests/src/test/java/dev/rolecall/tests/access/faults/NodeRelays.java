package dev.rolecall.tests.access.faults;

import dev.rolecall.testsupport.ClosedPort;
import dev.rolecall.testsupport.Relay;

/** The ways to one node: of its callers, of most feeds, and of those feeds that are taken away. */
final class NodeRelays implements AutoCloseable {

  private final Relay callers;
  private final Relay feeds;
  private final Relay losing;

  NodeRelays(int port) {
    this.callers = Relay.ofTcp(port);
    this.feeds = Relay.ofTcp(port);
    this.losing = Relay.ofTcp(port);
  }

  int callers() {
    return callers.port();
  }

  int feeds(boolean losing) {
    return (losing ? this.losing : feeds).port();
  }

  /** The node is at that port from now on. */
  void leadTo(int port) {
    callers.leadTo(port);
    feeds.leadTo(port);
    losing.leadTo(port);
  }

  /** Breaks all feeds. They may connect again at once. */
  void cutFeeds() {
    feeds.cut();
    losing.cut();
  }

  /** Breaks those feeds, which cannot connect again. */
  void takeAway() {
    losing.leadTo(ClosedPort.any());
    losing.cut();
  }

  /** Lets them connect again to that port. */
  void giveBack(int port) {
    losing.leadTo(port);
  }

  @Override
  public void close() {
    callers.close();
    feeds.close();
    losing.close();
  }
}
