package dev.rolecall.apikeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.ApiClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the snippets of this module's README. */
final class ReadmeSnippetsTest {

  @TempDir private Path folder;

  @Test
  void issuedKey_isRecognised() {
    Path keyFile = folder.resolve("keys.jsonl");
    Instant now = Clock.systemUTC().instant();
    SecureRandom random = new SecureRandom();
    // region issue
    KeyFile file = KeyFile.at(keyFile);
    Optional<ApiKey> issued =
        file.issue(new ApiClient("ci"), now, now.plus(Duration.ofDays(90)), random);
    // endregion
    // region scheme
    ApiKeys keys = ApiKeys.follow(keyFile);
    // endregion

    try (CallerLookup lookup = CallerLookup.by(keys)) {
      assertThat(lookup.find(Credential.bearer(issued.orElseThrow().text()), KeyBench.TLS).join())
          .isInstanceOfSatisfying(
              Verification.Verified.class,
              verified -> assertThat(verified.caller().principal()).isEqualTo(KeyBench.CI));
    }
  }
}
