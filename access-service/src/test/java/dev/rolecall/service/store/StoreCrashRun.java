package dev.rolecall.service.store;

import static dev.rolecall.service.store.Asks.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.AccessRequest;
import dev.rolecall.service.request.RequestState;
import dev.rolecall.service.store.postgres.PostgresStore;
import dev.rolecall.service.store.sqlite.SqliteStore;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes that are killed while they write: 5 by default, as many as -Drolecall.kills=100 says.
 * PostgreSQL itself is killed too, every fifth time.
 */
class StoreCrashRun {

  private static final int KILLS = Integer.getInteger("rolecall.kills", 5);
  private final Random random = new Random(42);
  private ScheduledExecutorService killer;

  @BeforeEach
  void start() {
    killer = Executors.newSingleThreadScheduledExecutor();
  }

  @AfterEach
  void stop() {
    killer.shutdownNow();
  }

  @Test
  void sqlite_killedAtRandom_losesNothingAcknowledged_I2_I3(@TempDir Path folder)
      throws IOException {
    Path data = folder.resolve("data");
    Map<String, String> acknowledged = new TreeMap<>();
    for (int kill = 0; kill < KILLS; kill++) {
      acknowledged.putAll(runAndKill(() -> {}, data.toString()));
    }
    check(SqliteStore.in(data), acknowledged);
  }

  @Test
  void postgres_killedAtRandom_losesNothingAcknowledged_I2_I3() throws IOException {
    PostgresServer server = PostgresServer.own();
    try {
      String url = server.newDatabase();
      Map<String, String> acknowledged = new TreeMap<>();
      for (int kill = 0; kill < KILLS; kill++) {
        Runnable also = kill % 5 == 4 ? server::crashAndRestart : () -> {};
        acknowledged.putAll(runAndKill(also, url, server.user(), server.passwordFile().toString()));
      }
      check(
          PostgresStore.at(url).user(server.user()).passwordFile(server.passwordFile()),
          acknowledged);
    } finally {
      server.stop();
    }
  }

  private Map<String, String> runAndKill(Runnable also, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            classPath(),
            CrashChild.class.getName()));
    command.addAll(List.of(arguments));
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    Map<String, String> acknowledged = new TreeMap<>();
    Future<?> kill = CompletableFuture.completedFuture(null);
    try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (acknowledged.isEmpty()) {
          kill =
              killer.schedule(
                  () -> {
                    also.run();
                    // By its handle: the process itself would close its output, which is read.
                    child.toHandle().destroyForcibly();
                  },
                  50 + random.nextInt(350),
                  TimeUnit.MILLISECONDS);
        }
        String[] ids = line.split(" ", -1);
        // The last line may be cut off by the kill.
        if (ids.length == 2 && ids[1].length() == ids[0].length() - 2) {
          acknowledged.put(ids[0], ids[1]);
        }
      }
    }
    assertThat(acknowledged).isNotEmpty();
    assertThat(kill).succeedsWithin(Duration.ofSeconds(60));
    child.onExit().join();
    return acknowledged;
  }

  private static String classPath() {
    return String.join(
        File.pathSeparator,
        Path.of("target", "test-classes").toAbsolutePath().toString(),
        Path.of("target", "classes").toAbsolutePath().toString(),
        System.getProperty("jdk.module.path", ""),
        System.getProperty("java.class.path", ""));
  }

  private static void check(StoreSource source, Map<String, String> acknowledged) {
    try (AccessRuntime runtime = AccessRuntime.ofDefaults();
        AccessStore store = source.open(runtime)) {
      long revision = done(store.position()).revision();
      List<AccessRequest> requests = all(page -> done(store.requests(RequestFilter.ALL, page)));
      List<AccessGrant> grants = all(page -> done(store.grants(GrantFilter.ALL, page)));
      List<Long> events =
          all(page -> done(store.events(EventFilter.ALL, page)).map(event -> event.revision()));

      assertThat(events).doesNotHaveDuplicates().hasSize((int) revision);
      assertThat(events.get(events.size() - 1)).isEqualTo(revision);
      List<String> approved =
          requests.stream()
              .filter(request -> request.state() == RequestState.APPROVED)
              .map(request -> request.standing().grantId().orElseThrow())
              .toList();
      assertThat(grants).extracting(AccessGrant::id).containsExactlyInAnyOrderElementsOf(approved);
      assertThat(requests).hasSize((int) revision - approved.size());
      assertThat(approved).containsAll(acknowledged.values());
    }
  }

  private static <T> List<T> all(Function<PageKey, Page<T>> list) {
    List<T> all = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<T> page = list.apply(new PageKey(500, cursor));
      all.addAll(page.items());
      cursor = page.next();
    } while (cursor.isPresent());
    return all;
  }
}
