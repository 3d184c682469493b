package dev.rolecall.policy.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.Callers;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.ReloadObserver;
import dev.rolecall.policy.RuleName;
import dev.rolecall.testsupport.CapturedLog;
import dev.rolecall.testsupport.ManualScheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that changes, breaks, vanishes and comes back. */
@Tag("attack")
final class PolicyFileTest {

  private static final MethodPath GET = MethodPath.parse("/a.B/Get");

  @TempDir private Path dir;

  private final ManualScheduler scheduler = new ManualScheduler();
  private final List<String> reloads = new ArrayList<>();
  private final List<String> changes = new ArrayList<>();
  private Path file = Path.of("");

  @BeforeEach
  void writeFirst() throws IOException {
    file = dir.resolve("policy.yaml");
    write(policy("one"));
  }

  @AfterEach
  void nothingIsLeftRunning() {
    assertThat(scheduler.periods()).isEmpty();
    assertThat(scheduler.getPoolSize()).isZero();
  }

  @Test
  void open_goodFile_isCurrentAndNobodyIsTold() {
    try (PolicyFile policy = open()) {
      scheduler.tick();
      scheduler.tick();

      assertThat(policy.current().name()).isEqualTo("one");
      assertThat(reloads).isEmpty();
      assertThat(changes).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "name: 7\n", "allow_rules: []\n"})
  void open_badFile_throwsAndSchedulesNothing(String text) throws IOException {
    write(text);

    assertThatThrownBy(this::open).isInstanceOf(InvalidPolicyException.class);
    assertThat(scheduler.periods()).isEmpty();
  }

  @Test
  void open_noFile_throws() throws IOException {
    Files.delete(file);

    assertThatThrownBy(this::open)
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining("no such file");
  }

  @Test
  void tick_changedFile_isTakenUpWhenTwoLooksAgree() throws IOException {
    try (PolicyFile policy = open()) {
      write(policy("two"));
      scheduler.tick();
      assertThat(policy.current().name()).isEqualTo("one");

      scheduler.tick();
      assertThat(policy.current().name()).isEqualTo("two");
      scheduler.tick();

      assertThat(reloads).containsExactly("reloaded");
      assertThat(changes).containsExactly("two");
    }
  }

  @Test
  void tick_halfWrittenFile_isNeverInForce() throws IOException {
    String whole = policy("two") + "public_methods: [/a.B/Open]\n";
    try (PolicyFile policy = open()) {
      write(policy("two"));
      scheduler.tick();
      write(whole);
      scheduler.tick();
      assertThat(policy.current().name()).isEqualTo("one");

      scheduler.tick();

      assertThat(policy.current().isPublic(MethodPath.parse("/a.B/Open"))).isTrue();
      assertThat(reloads).containsExactly("reloaded");
    }
  }

  @Test
  void tick_brokenFile_keepsTheLastGoodOneAndSaysSoOnce() throws IOException {
    try (PolicyFile policy = open()) {
      write("name: [\n");
      for (int i = 0; i < 5; i++) {
        scheduler.tick();
      }
      assertThat(policy.current().name()).isEqualTo("one");
      assertThat(reloads).containsExactly("rejected");

      write("name: 8\n");
      scheduler.tick();
      scheduler.tick();
      assertThat(reloads).containsExactly("rejected", "rejected");

      write(policy("three"));
      scheduler.tick();
      scheduler.tick();
      assertThat(policy.current().name()).isEqualTo("three");
      assertThat(reloads).containsExactly("rejected", "rejected", "reloaded");
      assertThat(changes).containsExactly("three");
    }
  }

  @Test
  void tick_removedFile_keepsTheLastGoodOneUntilItIsBack() throws IOException {
    try (PolicyFile policy = open()) {
      Files.delete(file);
      for (int i = 0; i < 5; i++) {
        scheduler.tick();
      }
      assertThat(policy.current().name()).isEqualTo("one");
      assertThat(reloads).containsExactly("rejected");

      write(policy("one"));
      scheduler.tick();
      scheduler.tick();
      assertThat(policy.current().name()).isEqualTo("one");
      assertThat(reloads).containsExactly("rejected", "reloaded");
    }
  }

  @Test
  void tick_fileGoneForOneLookOnly_isNotWorthAWord() throws IOException {
    try (PolicyFile policy = open()) {
      Files.delete(file);
      scheduler.tick();
      write(policy("one"));
      scheduler.tick();
      scheduler.tick();

      assertThat(policy.current().name()).isEqualTo("one");
      assertThat(reloads).isEmpty();
    }
  }

  @Test
  void tick_symbolicLinkSwapped_isFollowed() throws IOException {
    // As a Kubernetes ConfigMap does it: policy.yaml -> ..data/policy.yaml, ..data -> a directory.
    Path old = Files.createDirectory(dir.resolve("..old"));
    Path next = Files.createDirectory(dir.resolve("..next"));
    Files.writeString(old.resolve("policy.yaml"), policy("one"));
    Files.writeString(next.resolve("policy.yaml"), policy("two"));
    Path data = Files.createSymbolicLink(dir.resolve("..data"), old);
    Files.delete(file);
    Files.createSymbolicLink(file, data.resolve("policy.yaml"));
    try (PolicyFile policy = open()) {
      Path swap = Files.createSymbolicLink(dir.resolve("..swap"), next);
      Files.move(swap, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      scheduler.tick();
      scheduler.tick();

      assertThat(policy.current().name()).isEqualTo("two");
    }
  }

  @Test
  void reloadNow_takesUpAtOnce() throws IOException {
    try (PolicyFile policy = open()) {
      assertThat(policy.reloadNow().label()).isEqualTo("unchanged");
      write(policy("two"));
      assertThat(policy.reloadNow().label()).isEqualTo("reloaded");
      write("");
      assertThat(policy.reloadNow().label()).isEqualTo("rejected");
      assertThat(policy.reloadNow().label()).isEqualTo("unchanged");
      assertThat(policy.current().name()).isEqualTo("two");
    }
  }

  @Test
  void tick_errorInAListener_isCountedAndTheFileIsFollowedOn() throws IOException {
    List<String> failures = new ArrayList<>();
    ReloadListener failing =
        new ReloadListener() {
          @Override
          public void onReload(ReloadResult result) {
            throw new InternalError("the test's");
          }

          @Override
          public void onFailure(String task) {
            failures.add(task);
            throw new InternalError("the test's");
          }
        };
    try (PolicyFile policy =
        PolicyFile.builder(file).executor(scheduler).onReload(failing).follow()) {
      policy.onChange(
          () -> {
            throw new InternalError("the test's");
          });
      policy.onChange(() -> changes.add(policy.current().name()));
      for (String name : List.of("two", "three")) {
        write(policy(name));
        scheduler.tick();
        scheduler.tick();
      }

      assertThat(changes).containsExactly("two", "three");
      assertThat(failures).hasSize(4).containsOnly("policy_listener");
    }
  }

  @Test
  void onChange_listenerThatThrows_stopsNobodyElse() throws IOException {
    try (PolicyFile policy =
        PolicyFile.builder(file)
            .executor(scheduler)
            .onReload(
                result -> {
                  reloads.add(result.label());
                  throw new IllegalStateException("a defect of the test's own");
                })
            .follow()) {
      policy.onChange(
          () -> {
            throw new IllegalStateException("a defect of the test's own");
          });
      policy.onChange(() -> changes.add(policy.current().name()));
      write(policy("two"));
      policy.reloadNow();
      write(policy("three"));
      scheduler.tick();
      scheduler.tick();

      assertThat(changes).containsExactly("two", "three");
      assertThat(reloads).containsExactly("reloaded", "reloaded");
    }
  }

  @Test
  void observer_hearsOfReloadsAndOfListenersThatThrow() throws IOException {
    List<String> heard = new ArrayList<>();
    try (PolicyFile policy = open()) {
      Optional<PolicySource.Registration> observed =
          policy.observedBy(
              new ReloadObserver() {
                @Override
                public void onReload(String result) {
                  heard.add(result);
                }

                @Override
                public void onFailure(String task) {
                  heard.add("failed: " + task);
                }
              });
      write(policy("two"));
      policy.reloadNow();
      write("name: 7\n");
      policy.reloadNow();
      policy.onChange(
          () -> {
            throw new IllegalStateException("a defect of the test's own");
          });
      write(policy("three"));
      policy.reloadNow();

      assertThat(heard)
          .containsExactly("reloaded", "rejected", "failed: policy_listener", "reloaded");
      observed.orElseThrow().close();
      write(policy("four"));
      policy.reloadNow();
      assertThat(heard).as("once its registration is closed").hasSize(4);
    }
  }

  @Test
  void log_namesThePolicyItsNotesAndWhatIsWrong() throws IOException {
    try (CapturedLog log = CapturedLog.of("rolecall.policy", Level.INFO);
        PolicyFile policy = open()) {
      write(policy("two").replace("role/a", "role/team/a"));
      policy.reloadNow();
      write("name: 7\n");
      policy.reloadNow();

      assertThat(log.lines())
          .satisfiesExactly(
              line -> assertThat(line).isEqualTo("INFO policy one loaded"),
              line -> assertThat(line).isEqualTo("INFO policy two loaded"),
              line ->
                  assertThat(line)
                      .startsWith("INFO policy note: " + file + ":4:")
                      .contains("role/team/a"),
              line ->
                  assertThat(line)
                      .startsWith("WARNING policy rejected, the last good policy stays: [")
                      .contains("1:7: name: \"7\" is a number"));
    }
  }

  @Test
  void onChange_closedRegistration_isNotToldAnyMore() throws IOException {
    try (PolicyFile policy = open()) {
      Runnable same = () -> changes.add("again");
      PolicySource.Registration first = policy.onChange(same);
      policy.onChange(same);
      first.close();
      first.close();
      write(policy("two"));
      policy.reloadNow();

      assertThat(changes).containsExactly("two", "again");
    }
  }

  @Test
  void close_endsTheLooksAndLeavesAGivenExecutorAlone() throws IOException {
    PolicyFile policy = open();
    assertThat(scheduler.periods()).hasSize(1);

    policy.close();
    policy.close();
    write(policy("two"));
    scheduler.tick();
    scheduler.tick();

    assertThat(scheduler.periods()).isEmpty();
    assertThat(scheduler.isShutdown()).isFalse();
    assertThat(policy.current().name()).isEqualTo("one");
  }

  @Test
  void close_endsTheThreadOfItsOwn() throws InterruptedException {
    PolicyFile.follow(file).close();

    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("rolecall-policy-file")) {
        thread.join(120_000);
        assertThat(thread.isAlive()).isFalse();
      }
    }
  }

  @Test
  void period_isFiveSecondsUnlessSetWithinItsRange() {
    PolicyFile policy = open();
    assertThat(scheduler.periods()).containsExactly(Duration.ofSeconds(5));
    policy.close();
    PolicyFileBuilder builder = PolicyFile.builder(file).executor(scheduler);
    builder.period(Duration.ofMillis(100)).period(Duration.ofDays(1));
    assertThatThrownBy(() -> builder.period(Duration.ofMillis(99)))
        .hasMessage("period: PT0.099S (expected: PT0.1S to PT24H)");
    assertThatThrownBy(() -> builder.period(Duration.ofDays(1).plusNanos(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void decide_whileThePolicyIsReloaded_isByOneOfThemWhole()
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    ExecutorService others = Executors.newFixedThreadPool(2);
    try (PolicyFile policy = open()) {
      AtomicBoolean done = new AtomicBoolean();
      CountDownLatch started = new CountDownLatch(2);
      List<Future<Boolean>> sane = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        sane.add(
            others.submit(
                () -> {
                  boolean ok = true;
                  do {
                    AccessPolicy now = policy.current();
                    String rule =
                        now.decide(Callers.named("a"), GET)
                            .rule()
                            .map(RuleName::value)
                            .orElse("none");
                    ok &= rule.equals("rule of " + now.name());
                    started.countDown();
                  } while (!done.get());
                  return ok;
                }));
      }
      assertThat(started.await(2, TimeUnit.MINUTES)).isTrue();
      for (int i = 0; i < 100; i++) {
        write(policy("p" + i));
        policy.reloadNow();
      }
      done.set(true);
      for (Future<Boolean> one : sane) {
        assertThat(one.get(2, TimeUnit.MINUTES)).isTrue();
      }
    } finally {
      others.shutdownNow();
      assertThat(others.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
    }
  }

  @Test
  void fixed_neverChanges() {
    AccessPolicy policy = AccessPolicy.builder("x").build();
    PolicySource source = PolicySource.fixed(policy);

    assertThat(source.current()).isSameAs(policy);
    source.onChange(() -> changes.add("told")).close();
    assertThat(changes).isEmpty();
  }

  private PolicyFile open() {
    PolicyFile policy =
        PolicyFile.builder(file)
            .executor(scheduler)
            .onReload(result -> reloads.add(result.label()))
            .follow();
    policy.onChange(() -> changes.add(policy.current().name()));
    return policy;
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
  }

  private static String policy(String name) {
    return """
        name: %1$s
        allow_rules:
          - name: rule of %1$s
            source: {principals: ["arn:aws:iam::111122223333:role/a"]}
            request: {paths: [/a.B/Get]}
        """
        .formatted(name);
  }
}
