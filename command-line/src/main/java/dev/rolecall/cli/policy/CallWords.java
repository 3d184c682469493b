package dev.rolecall.cli.policy;

import dev.rolecall.policytools.AttributesText;
import dev.rolecall.policytools.CallerQuery;
import dev.rolecall.policytools.StatedCall;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words for what a question states beside its caller and its method. */
final class CallWords {

  private CallWords() {}

  /**
   * The attributes and grants of the caller, the headers and the address; empty if there are none.
   */
  static Optional<String> of(CallerQuery caller, StatedCall call) {
    String words =
        Stream.of(
                AttributesText.of(caller.attributes()),
                caller.grants().stream()
                    .map(grant -> "grant " + grant)
                    .collect(Collectors.joining(", ")),
                call.isNone() ? "" : call.toString())
            .filter(each -> !each.isEmpty())
            .collect(Collectors.joining(", "));
    return words.isEmpty() ? Optional.empty() : Optional.of(words);
  }
}
