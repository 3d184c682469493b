package dev.rolecall.cli.console.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.cli.console.answer.FailedException;
import dev.rolecall.cli.console.answer.Failure;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.document.PolicyDocument;
import dev.rolecall.policy.document.PolicyReading;

/** The text of a policy that a person has before them, and may be in the midst of changing. */
final class PolicyText {

  private static final String NAME = "policy";

  private PolicyText() {}

  static PolicyReading reading(String text) {
    return PolicyDocument.read(NAME, text.getBytes(UTF_8));
  }

  /**
   * The policy of a text.
   *
   * @throws FailedException if it is none
   */
  static AccessPolicy policy(String text) {
    return reading(text)
        .fold(
            PolicyReading.Loaded::policy,
            rejected -> {
              throw new FailedException(
                  Failure.wrong("the policy has errors: " + rejected.problems().get(0)));
            });
  }
}
