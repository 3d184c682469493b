package dev.rolecall.tests.access.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.Duration;
import dev.rolecall.grants.v1.AccessRequest;
import dev.rolecall.grants.v1.Decision;
import dev.rolecall.grants.v1.Grant;
import dev.rolecall.grants.v1.GrantStatus;
import dev.rolecall.grants.v1.ListAccessRequestsRequest;
import dev.rolecall.grants.v1.ListAccessRequestsResponse;
import dev.rolecall.grants.v1.ListGrantsRequest;
import dev.rolecall.grants.v1.ListGrantsResponse;
import dev.rolecall.grants.v1.RequestAccessRequest;
import dev.rolecall.grants.v1.RequestState;
import dev.rolecall.grants.v1.ReviewAccessRequest;
import dev.rolecall.testsupport.LocalPostgres;
import dev.rolecall.testsupport.TestCertificate;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes that are killed with -9 while they acknowledge over gRPC: 5 times for each store, or as
 * often as {@code -Drolecall.kills=100} says. Only the profile {@code access-faults} runs it.
 */
final class NodeCrashRun {

  private static final int KILLS = Integer.getInteger("rolecall.kills", 5);
  private static final int WRITERS = 4;
  private static final Duration HOUR = Duration.newBuilder().setSeconds(3_600).build();
  private static final int PAGE = 500;

  private final TestCertificate certificate = TestCertificate.generate();
  private final ShiftedSts sts = ShiftedSts.by(java.time.Duration.ZERO);
  private final ExecutorService writers = Executors.newCachedThreadPool();
  private final Random random = new Random(42);

  /** The grant of each request that a node said was approved. */
  private final Map<String, String> acknowledged = new ConcurrentHashMap<>();

  @TempDir Path folder;

  @AfterEach
  void stop() {
    writers.shutdownNow();
    sts.close();
  }

  @Test
  void sqlite_nodeKilledWhileItServes_losesNothingAcknowledged_I3() throws Exception {
    killAndCheck(List.of("--data", folder.resolve("data").toString()));
  }

  @Test
  void postgres_nodeKilledWhileItServes_losesNothingAcknowledged_I3() throws Exception {
    Optional<Path> programs = LocalPostgres.programs();
    assumeTrue(
        programs.isPresent(),
        "no PostgreSQL server programs found (to run it: " + LocalPostgres.HOW_TO_GET + ")");
    try (LocalPostgres database = LocalPostgres.start(programs.get())) {
      killAndCheck(FaultyService.storeOptions(database, database.port()));
    }
  }

  private void killAndCheck(List<String> store) throws Exception {
    try (ServingNode node = ServingNode.begin(folder, "node", certificate, sts.endpoint(), store)) {
      node.awaitServing();
      for (int kill = 0; kill < KILLS; kill++) {
        writeAndKill(node, kill);
        node.startAgain();
      }
      try (NodeClient client = client(node, KILLS)) {
        check(client);
      }
    }
  }

  /** A new one asks each time: requests of the last one may be left pending by the kill. */
  private NodeClient client(ServingNode node, int number) {
    return new NodeClient(node.port(), certificate, sts, Staff.ENGINEER.user("asker" + number));
  }

  private void writeAndKill(ServingNode node, int kill) throws Exception {
    try (NodeClient client = client(node, kill)) {
      CountDownLatch first = new CountDownLatch(1);
      AtomicBoolean killed = new AtomicBoolean();
      List<Future<?>> writing = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        writing.add(writers.submit(() -> write(client, first, killed)));
      }
      assertThat(first.await(1, TimeUnit.MINUTES)).isTrue();
      var unused = new CountDownLatch(1).await(50 + random.nextInt(350), TimeUnit.MILLISECONDS);
      killed.set(true);
      node.kill();
      for (Future<?> each : writing) {
        each.get(1, TimeUnit.MINUTES);
      }
    }
  }

  /** Has access given until the node is gone. One that has just started may be slow. */
  private void write(NodeClient client, CountDownLatch first, AtomicBoolean killed) {
    while (!killed.get()) {
      try {
        writeOne(client);
        first.countDown();
      } catch (StatusRuntimeException e) {
        assertThat(e.getStatus().getCode())
            .isIn(Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED);
      }
    }
  }

  private void writeOne(NodeClient client) {
    RequestAccessRequest ask =
        RequestAccessRequest.newBuilder()
            .setPermission(Staff.PERMISSION)
            .setDuration(HOUR)
            .setReason("a run of kills")
            .build();
    AccessRequest request = client.asker().requestAccess(ask);
    ReviewAccessRequest yes =
        ReviewAccessRequest.newBuilder()
            .setId(request.getId())
            .setDecision(Decision.APPROVE)
            .build();
    acknowledged.put(request.getId(), client.reviewer().reviewAccess(yes).getGrantId());
  }

  private void check(NodeClient client) {
    Map<String, String> stored = new HashMap<>();
    String page = "";
    do {
      ListAccessRequestsResponse requests =
          client
              .admin()
              .listAccessRequests(
                  ListAccessRequestsRequest.newBuilder()
                      .addStates(RequestState.APPROVED)
                      .setPageSize(PAGE)
                      .setPageToken(page)
                      .build());
      requests.getRequestsList().forEach(each -> stored.put(each.getId(), each.getGrantId()));
      page = requests.getNextPageToken();
    } while (!page.isEmpty());
    List<String> grants = new ArrayList<>();
    do {
      ListGrantsResponse active =
          client
              .admin()
              .listGrants(
                  ListGrantsRequest.newBuilder()
                      .addStates(GrantStatus.ACTIVE)
                      .setPageSize(PAGE)
                      .setPageToken(page)
                      .build());
      active.getGrantsList().stream().map(Grant::getId).forEach(grants::add);
      page = active.getNextPageToken();
    } while (!page.isEmpty());
    System.out.printf(
        "kills: %d, %,d acknowledged, %,d stored%n", KILLS, acknowledged.size(), stored.size());
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(KILLS);
    assertThat(stored).containsAllEntriesOf(acknowledged);
    assertThat(grants).containsExactlyInAnyOrderElementsOf(stored.values());
  }
}
