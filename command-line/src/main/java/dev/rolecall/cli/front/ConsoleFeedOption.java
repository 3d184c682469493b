package dev.rolecall.cli.front;

import dev.rolecall.access.runtime.AccessRuntime;
import picocli.CommandLine.Option;

/** The option that lets the console read a server's decisions. */
public final class ConsoleFeedOption {

  @Option(
      names = "--console-feed",
      description =
          "Let the console read what this server decides, by the service"
              + " rolecall.decisions.v1.Decisions. Only callers whom the policy allows its methods"
              + " may read: it shows them callers, with their claims and addresses. Default: off.")
  boolean on;

  /** The feed, by that runtime. */
  public ServedFeed opened(AccessRuntime runtime) {
    return on ? ServedFeed.opened(runtime) : ServedFeed.none();
  }
}
