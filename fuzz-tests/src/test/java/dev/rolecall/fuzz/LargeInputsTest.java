package dev.rolecall.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.rolecall.policy.document.PolicyDocument;
import dev.rolecall.verifier.internal.answer.AnswerReader;
import dev.rolecall.verifier.internal.answer.StsResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Inputs longer than what a fuzzer tries, of shapes on which a careless reader spends the square of
 * their size, and then minutes. Linear work takes a second at most.
 */
class LargeInputsTest {

  private static final int POLICY = 1 << 18;
  private static final int ANSWER = 64 * 1024;
  private static final Duration MOST = Duration.ofSeconds(20);

  /** A text and what a failure calls it. */
  record Large(String what, String text) {

    static Large repeated(String what, String start, String unit, int size) {
      return new Large(what, start + unit.repeat((size - start.length()) / unit.length()));
    }

    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Large> policies() {
    return Stream.of(
        Large.repeated("lists in lists", "", "[", POLICY),
        Large.repeated("mappings in mappings", "", "{a: ", POLICY),
        Large.repeated("blocks in blocks", "", "- ", POLICY),
        Large.repeated("keys without end", "", "a: b\n", POLICY),
        Large.repeated("one key", "", "a", POLICY),
        Large.repeated("line feeds", "", "\n", POLICY),
        Large.repeated("escapes", "name: \"", "\\u0041", POLICY),
        Large.repeated("anchors", "name: [", "&a b,", POLICY),
        Large.repeated("keys that may be simple", "", "? ", POLICY),
        Large.repeated("comments", "name: o ", "#", POLICY),
        Large.repeated("empty rules", "name: o\nallow_rules:\n", "  - {}\n", POLICY),
        new Large("paths denied and open", deniedAndOpen()));
  }

  /** A valid policy: each denied path is held against each open one for a note. */
  private static String deniedAndOpen() {
    int paths = POLICY / 2 / "\"/a.B/c000000\",".length() - 20;
    return "name: o\npublic_methods: ["
        + paths("open", paths)
        + "]\ndeny_rules: [{name: d, source: {principals: [\"arn:aws:iam::111122223333:*\"]},"
        + " request: {paths: ["
        + paths("shut", paths)
        + "]}}]\n";
  }

  private static String paths(String service, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"/" + service + "/" + Integer.toString(1_000_000 + i, 36) + "\"")
        .collect(Collectors.joining(","));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void policy_large_isReadInTime(Large policy) {
    byte[] content = policy.text().getBytes(UTF_8);

    assertTimeoutPreemptively(MOST, () -> PolicyDocument.read("large.yaml", content));
  }

  static Stream<Large> answers() {
    return Stream.of(
        Large.repeated("objects in objects", "", "{\"a\":", ANSWER),
        Large.repeated("one string", "{\"a\":\"", "b", ANSWER),
        Large.repeated("space", "", " ", ANSWER),
        Large.repeated("escapes", "{\"", "\\u0041", ANSWER),
        new Large("keys of one hash", "{" + keysOfOneHash() + "\"a\":1}"));
  }

  /** "Aa" and "BB" have one hash code, and so has each row of them. */
  private static String keysOfOneHash() {
    return IntStream.range(0, 1 << 11)
        .mapToObj(
            i ->
                IntStream.range(0, 11)
                    .mapToObj(bit -> (i >> bit & 1) == 0 ? "Aa" : "BB")
                    .collect(Collectors.joining("", "\"", "\":1,")))
        .collect(Collectors.joining());
  }

  @ParameterizedTest
  @MethodSource("answers")
  void stsAnswer_asLargeAsIsRead_isReadInTime(Large answer) {
    byte[] body = answer.text().getBytes(UTF_8);

    assertTimeoutPreemptively(
        MOST, () -> AnswerReader.read(new StsResponse(200, List.of("application/json"), body)));
  }
}
