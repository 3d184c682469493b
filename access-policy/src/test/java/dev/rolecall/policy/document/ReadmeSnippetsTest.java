package dev.rolecall.policy.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.Caller;
import dev.rolecall.policy.Callers;
import dev.rolecall.policy.Decision;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.testsupport.ManualScheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the snippet of this module's README. */
final class ReadmeSnippetsTest {

  @TempDir private Path dir;

  @ParameterizedTest
  @CsvSource({"checkout, true", "stranger, false"})
  void follow_decidesByTheFile(String role, boolean expected) throws IOException {
    Path file = Files.writeString(dir.resolve("orders.yaml"), PolicyLoadedTest.ORDERS);
    Caller caller = Callers.named(role);

    // region follow
    PolicyFile policies = PolicyFile.follow(file);
    Decision decision =
        policies.current().decide(caller, MethodPath.parse("/orders.v1.Orders/Create"));
    // endregion

    try (policies) {
      assertThat(decision.isAllowed()).isEqualTo(expected);
    }
  }

  @Test
  void fetch_anObjectThatChangesAndFails_isFollowed() throws Exception {
    FakeBucket bucket = new FakeBucket(new HashMap<>(Map.of("orders.yaml", "name: one")));
    ManualScheduler executor = new ManualScheduler();

    // region fetch
    // With S3: s3.getObjectAsBytes(b -> b.bucket("config").key("orders.yaml")).asByteArray()
    Callable<byte[]> fetch = () -> bucket.object("orders.yaml");

    String source = "s3://config/orders.yaml";
    SettablePolicy policies = SettablePolicy.of(source, fetch.call());
    Future<?> refreshes =
        executor.scheduleWithFixedDelay(
            () -> policies.refresh(source, fetch), 30, 30, TimeUnit.SECONDS);
    // endregion

    bucket.objects().put("orders.yaml", "name: two");
    executor.tick();
    assertThat(policies.current().name()).isEqualTo("two");
    bucket.objects().clear();
    executor.tick();
    assertThat(policies.current().name()).isEqualTo("two");
    bucket.objects().put("orders.yaml", "name: three");
    executor.tick();
    assertThat(policies.current().name()).isEqualTo("three");
    refreshes.cancel(false);
  }

  /** A bucket of an object store. */
  private record FakeBucket(Map<String, String> objects) {
    byte[] object(String key) throws IOException {
      String found = objects.get(key);
      if (found == null) {
        throw new NoSuchFileException(key);
      }
      return found.getBytes(UTF_8);
    }
  }
}
