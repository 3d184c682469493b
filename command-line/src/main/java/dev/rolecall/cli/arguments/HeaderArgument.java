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
    NamedArgument header = NamedArgument.parse(text);
    return new HeaderArgument(header.name(), header.value());
  }

  /** That call with this header. */
  public StatedCall in(StatedCall call) {
    return call.withHeader(name, value);
  }
}
