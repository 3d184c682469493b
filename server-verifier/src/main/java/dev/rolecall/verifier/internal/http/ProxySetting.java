package dev.rolecall.verifier.internal.http;

import static java.util.Objects.requireNonNull;

/**
 * An environment variable that names proxies, and its effect.
 *
 * @param name the variable, as it is spelled there
 * @param state whether it is obeyed
 * @param meaning what it does, or why it does nothing; never its value
 */
public record ProxySetting(String name, State state, String meaning) {

  /** Why one that is not understood does nothing. */
  static final String NOT_READ = "it is not of the form http://[user:password@]host[:port]";

  /** The effect of a proxy variable on requests to STS. */
  public enum State {
    /** It is. */
    USED,
    /** Something else wins, or it is for something else. */
    UNUSED,
    /** It has a form that is not understood. */
    UNREADABLE
  }

  /** Checks that nothing is absent. */
  public ProxySetting {
    requireNonNull(name, "name");
    requireNonNull(state, "state");
    requireNonNull(meaning, "meaning");
  }

  static ProxySetting used(String name, String meaning) {
    return new ProxySetting(name, State.USED, meaning);
  }

  static ProxySetting unused(String name, String meaning) {
    return new ProxySetting(name, State.UNUSED, meaning);
  }

  static ProxySetting unreadable(String name) {
    return new ProxySetting(name, State.UNREADABLE, NOT_READ);
  }
}
