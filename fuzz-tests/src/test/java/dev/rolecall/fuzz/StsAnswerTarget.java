package dev.rolecall.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.fuzz.judge.LenientJson;
import dev.rolecall.identity.Partition;
import dev.rolecall.verifier.internal.answer.AnswerReader;
import dev.rolecall.verifier.internal.answer.Signer;
import dev.rolecall.verifier.internal.answer.StsAnswer;
import dev.rolecall.verifier.internal.answer.StsIdentity;
import dev.rolecall.verifier.internal.answer.StsResponse;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An answer confirms nobody but whom a lenient reader finds in it too, once, at the one place; and
 * refuses nobody but by a code that stands in its body, with a status of a client's error, and that
 * speaks neither of throttling nor of a failure.
 */
final class StsAnswerTarget {

  private static final String RESPONSE = "GetCallerIdentityResponse";
  private static final String RESULT = "GetCallerIdentityResult";

  /** Statuses of a client's error that say nothing of the proof. */
  private static final Set<Integer> NO_REFUSALS = Set.of(407, 408, 429);

  /** Words in codes after which asking again may help. */
  private static final List<String> PASSING =
      List.of("Throttl", "TooManyRequests", "LimitExceeded", "SlowDown", "Unavailable", "Internal");

  private StsAnswerTarget() {}

  static void tryOn(byte[] input) {
    SpelledResponse response = SpelledResponse.of(input);
    StsResponse unread = new StsResponse(response.status(), response.types(), response.body());
    StsAnswer answer = AnswerReader.read(unread);
    if (answer instanceof StsAnswer.Confirmed confirmed) {
      isWhomTheBodyNames(confirmed.identity(), response);
    } else if (answer instanceof StsAnswer.Refused refused) {
      isARefusalOfSts(refused.code().text(), response);
    }
    if (response.status() >= 500) {
      Oracle.holds(
          answer instanceof StsAnswer.Unavailable, "an error of the server's is an outage");
    }
    if (response.status() < 200 || (response.status() > 200 && response.status() < 400)) {
      Oracle.holds(answer instanceof StsAnswer.Invalid, "no answer");
    }
    AnswerReader.requestId(unread)
        .ifPresent(
            id ->
                Oracle.holds(
                    id.length() <= 60
                        && id.chars().allMatch(c -> "0123456789abcdef-".indexOf(c) >= 0),
                    "a request id that is safe to log"));
  }

  private static void isWhomTheBodyNames(StsIdentity identity, SpelledResponse response) {
    Oracle.same(response.status(), 200, "status of a confirmation");
    Oracle.holds(response.isJson(), "a confirmation in JSON");
    List<LenientJson.Leaf> leaves = LenientJson.leaves(new String(response.body(), UTF_8));
    Oracle.same(
        LenientJson.at(leaves, RESPONSE, RESULT, "Account"),
        List.of(identity.account()),
        "Account");
    Oracle.same(LenientJson.at(leaves, RESPONSE, RESULT, "Arn"), List.of(identity.arn()), "Arn");
    Oracle.same(
        LenientJson.at(leaves, RESPONSE, RESULT, "UserId"), List.of(identity.userId()), "UserId");
    int metadata =
        LenientJson.at(leaves, RESPONSE, "ResponseMetadata", "RequestId").isEmpty() ? 0 : 1;
    Oracle.same(leaves.size(), 3 + metadata, "values, and no others");
    SignerTarget.isWhomItNames(Signer.read(identity, Partition.AWS), identity, Partition.AWS);
  }

  private static void isARefusalOfSts(String code, SpelledResponse response) {
    Oracle.holds(response.status() >= 400 && response.status() < 500, "status of a refusal");
    Oracle.holds(!NO_REFUSALS.contains(response.status()), "a status that speaks of the proof");
    Oracle.holds(code.matches("[A-Za-z][A-Za-z0-9._-]{0,63}"), "a code that is safe to log");
    Oracle.holds(PASSING.stream().noneMatch(code::contains), "a code that does not pass");
    String body = new String(response.body(), UTF_8);
    if (body.stripLeading().startsWith("<")) {
      Oracle.holds(body.contains(code), "the code in the body");
    } else {
      List<LenientJson.Leaf> leaves = LenientJson.leaves(body);
      List<String> written =
          Stream.of(List.of("Error", "Code"), List.of("__type"), List.of("code"), List.of("Code"))
              .flatMap(path -> LenientJson.at(leaves, path.toArray(String[]::new)).stream())
              .toList();
      Oracle.holds(written.stream().anyMatch(text -> text.contains(code)), "the code's place");
    }
  }
}
