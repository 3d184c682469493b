package dev.rolecall.tests.docs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.guard.CurrentCaller;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.document.PolicyFile;
import dev.rolecall.testing.RolecallExtension;
import dev.rolecall.tests.checkout.Checkout;
import dev.rolecall.verifier.StsVerifier;
import io.grpc.Context;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The mistakes of a first hour: troubleshooting has the words that the product says then. */
class FirstHourTest {

  private static final String PAGE = Checkout.text("docs/troubleshooting.md");
  private static final Pattern QUOTE = Pattern.compile("`([^`]*?)(?:\\.\\.\\.[^`]*)?`");
  private static final int SHORTEST = 10;
  private static final PolicySource POLICIES =
      PolicySource.fixed(AccessPolicy.builder("orders").build());

  @TempDir Path folder;

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake("no scheme", () -> CallGuard.builder(POLICIES).build()),
        mistake("one runtime for two", FirstHourTest::oneRuntimeForTwo),
        mistake("a thread without the context", CurrentCaller::get),
        mistake(
            "an interceptor before the guard",
            () -> Context.current().withCancellation().call(CurrentCaller::get)),
        mistake(
            "an extension that is not registered",
            () -> RolecallExtension.forAudience("orders").guard(POLICIES)));
  }

  private static Arguments mistake(String name, ThrowingCallable code) {
    return Arguments.of(name, code);
  }

  private static void oneRuntimeForTwo() {
    try (AccessRuntime runtime = AccessRuntime.builder().build();
        CallGuard first = guard(runtime);
        CallGuard second = guard(runtime)) {
      throw new AssertionError("built: " + first.access().isClosed() + second.access().isClosed());
    }
  }

  private static CallGuard guard(AccessRuntime runtime) {
    return CallGuard.builder(POLICIES)
        .accept(StsVerifier.forAudience("orders"))
        .runtime(runtime)
        .build();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void mistake_isInTheProductsWords(String name, ThrowingCallable code) {
    assertHeading(said(code));
  }

  @Test
  void audience_thatBreaksItsRule_isInTheProductsWords() {
    assertHeading(said(() -> StsVerifier.forAudience("Orders Service")));
  }

  @Test
  void policy_thatIsNotThere_isInTheProductsWords() {
    assertHeading(said(() -> PolicyFile.follow(folder.resolve("orders.yaml"))));
  }

  @Test
  void policy_withAMistypedKey_isInTheProductsWords() throws Exception {
    Path file = folder.resolve("orders.yaml");
    Files.writeString(file, "name: orders\nallow_rule:\n  - name: checkout writes\n");

    assertHeading(said(() -> PolicyFile.follow(file)));
  }

  private String said(ThrowingCallable code) {
    String message = requireNonNull(catchThrowable(code), "thrown").getMessage();
    return requireNonNull(message, "message").replace(folder + "/", "");
  }

  /** A heading quotes the message, or its beginning. */
  private static void assertHeading(String message) {
    assertThat(
            PAGE.lines()
                .filter(line -> line.startsWith("### "))
                .flatMap(line -> QUOTE.matcher(line).results())
                .map(quote -> quote.group(1))
                .filter(beginning -> beginning.length() >= SHORTEST))
        .as(message)
        .anyMatch(message::startsWith);
  }
}
