package dev.rolecall.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rolecall.client.credentials.CredentialsFailure;
import dev.rolecall.client.credentials.CredentialsPlace;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.proof.ProofBinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;

/** A credential process that never ends: callers hear of it, and one thread hangs. */
final class HungCredentialsTest {

  @TempDir Path directory;

  @BeforeEach
  void oneProfile() throws IOException {
    assumeTrue(
        System.getenv("AWS_ACCESS_KEY_ID") == null && System.getenv("AWS_PROFILE") == null,
        "the environment has AWS credentials: unset them for this test");
    Path config = directory.resolve("config");
    Files.writeString(config, "[default]\ncredential_process = sleep 5\n");
    System.setProperty("aws.configFile", config.toString());
    System.setProperty("aws.sharedCredentialsFile", directory.resolve("none").toString());
    System.setProperty("aws.disableEc2Metadata", "true");
  }

  @AfterEach
  void restore() {
    System.clearProperty("aws.configFile");
    System.clearProperty("aws.sharedCredentialsFile");
    System.clearProperty("aws.disableEc2Metadata");
  }

  @Test
  void processThatNeverEnds_isToldInBoundedTimeAsPassing() {
    long before = loading();
    try (ProofSource source =
        ProofSource.builder(Audience.of("orders"))
            .region(Region.EU_WEST_1)
            .patience(Duration.ofMillis(200))
            .build()) {
      for (int i = 0; i < 3; i++) {
        // Each binding has a renewal of its own.
        ProofBinding binding = new ProofBinding.Channel(BindingHash.of(new byte[] {(byte) i}));
        assertThatThrownBy(() -> source.proof(binding, Runnable::run).toCompletableFuture().join())
            .cause()
            .isInstanceOfSatisfying(
                ProofUnavailableException.class,
                e -> assertThat(e.kind()).isEqualTo(ProofUnavailableException.Kind.PASSING))
            .hasMessageContaining("the credential_process of 'default' has not ended after 1 s");
      }
      assertThat(loading() - before).isEqualTo(1);
    }
  }

  private static long loading() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("rolecall-credentials"))
        .count();
  }

  @Test
  void searchThatHangs_endsAndNamesThePlace() {
    CredentialsSearch search = CredentialsSearch.within(Duration.ofMillis(200));

    assertThat(search.found()).isEmpty();
    assertThat(search.attempts())
        .last()
        .satisfies(
            attempt -> {
              assertThat(attempt.place()).isEqualTo(CredentialsPlace.PROFILE);
              assertThat(attempt.failure()).isEqualTo(CredentialsFailure.PROCESS_HUNG);
            });
  }
}
