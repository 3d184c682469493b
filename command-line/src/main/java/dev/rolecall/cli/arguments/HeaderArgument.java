package dev.rolecall.cli.arguments;

import dev.rolecall.policytools.StatedCall;

/**
 * A header of a call as an argument states it: {@code NAME=VALUE}.
 *
 * @param name the name, which a policy can read
 * @param value the value
 */
public record HeaderArgument(String name, String value) {

  /** Checks both by the rules of calls that are stated. */
  public HeaderArgument {
    var unused = StatedCall.none().withHeader(name, value);
  }

  static HeaderArgument parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      // Not repeated: it may be a secret, put where a name should be.
      throw new IllegalArgumentException("no name and = before the value (expected: NAME=VALUE)");
    }
    return new HeaderArgument(text.substring(0, equals), text.substring(equals + 1));
  }

  /** That call with this header. */
  public StatedCall in(StatedCall call) {
    return call.withHeader(name, value);
  }
}
