package dev.rolecall.service;

import static dev.rolecall.service.StatedCallers.ANA;
import static dev.rolecall.service.StatedCallers.BEN;
import static dev.rolecall.service.StatedCallers.ORDERS;
import static dev.rolecall.service.Steps.ordersRead;
import static dev.rolecall.service.Steps.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.grants.v1.AccessRequest;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.FeedMessage;
import dev.rolecall.grants.v1.Grant;
import dev.rolecall.grants.v1.ListGrantsRequest;
import dev.rolecall.grants.v1.ListGrantsResponse;
import dev.rolecall.grants.v1.LockState;
import dev.rolecall.grants.v1.WatchAccessRequestsRequest;
import dev.rolecall.grants.v1.WhoAmIRequest;
import dev.rolecall.identity.Caller;
import dev.rolecall.service.store.sqlite.SqliteStore;
import dev.rolecall.testsupport.RecordedTelemetry;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose store is away, or comes back as another. */
class StoreOutageTest {

  @TempDir private Path folder;

  private final AtomicLong jump = new AtomicLong();
  private final RecordedTelemetry telemetry = new RecordedTelemetry();
  private FragileStore store;
  private AccessNode node;
  private Steps steps;

  @BeforeEach
  void start() {
    store = new FragileStore(SqliteStore.in(folder.resolve("data")));
    node =
        AccessNode.start(
            folder,
            store,
            AccessRuntime.builder()
                .ticker(() -> System.nanoTime() + jump.get())
                .openTelemetry(telemetry.telemetry())
                .build());
    steps = new Steps(node);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void i15_nodeWhoseStoreIsAway_sendsNoHeartbeatAfterThreeSeconds() {
    Grant grant = steps.granted(ANA);
    try (FeedClient feed = FeedClient.subscribe(node, "left", "orders-read")) {
      soon().until(() -> feed.grants().containsKey(grant.getId()));
      store.takeAway();
      // A reading may be under way.
      soon().during(Duration.ofMillis(200)).until(() -> true);
      jump.addAndGet(Duration.ofSeconds(3).toNanos());
      int heard = feed.heard().size();
      // Its message has the node look whether a heartbeat is due.
      feed.acknowledge(feed.last().getRevision(), 0);

      soon().during(Duration.ofMillis(400)).until(() -> feed.heard().size() == heard);
      Failed failed = Failed.of(() -> steps.ask(ANA, ordersRead()));
      assertThat(failed.reason()).isEqualTo("STORE_UNAVAILABLE");
      assertThat(failed.code()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(node.as(ANA).whoAmI(WhoAmIRequest.getDefaultInstance()).getCaller().getPerson())
          .isEqualTo("corp/ana@example.com");

      store.bringBack();
      int before = feed.heard().size();
      soon().until(() -> feed.heard().size() > before);
      assertThat(feed.heard()).filteredOn(FeedMessage::getReset).hasSize(1);
    }
  }

  @Test
  void caller_withManyCallsAtOnce_isRefusedMore_andOthersAreNot() throws Exception {
    CompletableFuture<Object> held = store.holdLists();
    List<ListenableFuture<ListGrantsResponse>> lists = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      lists.add(list(ANA));
    }
    // Calls of one client may overtake one another.
    soon().until(() -> store.listsAskedFor() == 32);

    Failed failed =
        Failed.of(() -> node.as(ANA).listGrants(ListGrantsRequest.getDefaultInstance()));

    assertThat(failed.reason()).isEqualTo("TOO_MANY");
    assertThat(failed.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(steps.ask(BEN, ordersRead()).getId()).isNotEmpty();
    held.complete("");
    for (ListenableFuture<ListGrantsResponse> list : lists) {
      assertThat(list.get(10, TimeUnit.SECONDS).getGrantsList()).isEmpty();
    }
    assertThat(list(ANA).get(10, TimeUnit.SECONDS).getGrantsList()).isEmpty();
  }

  private ListenableFuture<ListGrantsResponse> list(Caller caller) {
    return AccessServiceGrpc.newFutureStub(node.channel())
        .withInterceptors(node.credentials(caller))
        .listGrants(ListGrantsRequest.getDefaultInstance());
  }

  @Test
  void storeThatIsAnother_hasSubscribersForgetAll() {
    Grant grant = steps.granted(ANA);
    try (FeedClient feed = FeedClient.subscribe(node, "restored", "orders-read")) {
      soon().until(() -> feed.grants().containsKey(grant.getId()));
      String before = feed.last().getEpoch();

      store.beginAnotherHistory();

      soon().until(() -> !feed.last().getEpoch().equals(before));
      FeedMessage first =
          feed.heard().stream()
              .filter(message -> !message.getEpoch().equals(before))
              .findFirst()
              .orElseThrow();
      assertThat(first.getReset()).isTrue();
      soon().until(() -> feed.grants().containsKey(grant.getId()));
    }
  }

  @Test
  void i11_storeThatLostItsLastCommits_goesOnAsAnotherHistory() {
    LockState lock = steps.lock(Steps.lockOf("corp/ana@example.com"));
    try (FeedClient feed = FeedClient.subscribe(node, "ahead", "orders-read")) {
      soon().until(() -> !feed.heard().isEmpty());
      soon().until(() -> feed.last().getRevision() >= lock.getRevision());
      String before = feed.last().getEpoch();

      store.loseWhatCameAfter(lock);

      soon().until(() -> !feed.last().getEpoch().equals(before));
      assertThat(feed.heard()).filteredOn(FeedMessage::getReset).hasSize(2);
      // A server that comes back with what it had from the lost history starts anew too.
      try (FeedClient late =
          FeedClient.connect(node, ORDERS)
              .from("late", before, lock.getRevision(), "orders-read")) {
        soon().until(() -> !late.heard().isEmpty());
        assertThat(late.heard().get(0).getReset()).isTrue();
      }
    }
  }

  @Test
  void watch_whoseReadingIsRefused_hearsOfTheRequestLater() {
    List<AccessRequest> heard = new CopyOnWriteArrayList<>();
    watchOwn(heard, new CompletableFuture<>());
    String first = steps.ask(ANA, ordersRead()).getId();
    soon().until(() -> heard.stream().anyMatch(each -> each.getId().equals(first)));

    store.refuse("request");
    String second = steps.ask(ANA, ordersRead()).getId();
    soon()
        .during(Duration.ofMillis(300))
        .until(() -> heard.stream().noneMatch(each -> each.getId().equals(second)));
    store.bringBack();

    soon().until(() -> heard.stream().anyMatch(each -> each.getId().equals(second)));
    assertThat(heard).extracting(AccessRequest::getId).containsExactly(first, second);
  }

  @Test
  void watch_thatMeetsADefectWhileItLists_endsAsOneAndIsCounted() throws Exception {
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    store.breakAt("requests");

    watchOwn(new CopyOnWriteArrayList<>(), ended);

    assertThat(Status.fromThrowable(ended.get(10, TimeUnit.SECONDS)).getCode())
        .isEqualTo(Status.Code.INTERNAL);
    assertThat(telemetry.sum("rolecall.task.failures{task=access_call}")).isEqualTo(1);
  }

  @Test
  void watch_thatMeetsADefectAtARequest_endsAsOne_andTheNextHearsOn() throws Exception {
    List<AccessRequest> heard = new CopyOnWriteArrayList<>();
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    watchOwn(heard, ended);
    String first = steps.ask(ANA, ordersRead()).getId();
    soon().until(() -> heard.stream().anyMatch(each -> each.getId().equals(first)));

    store.breakAt("request");
    String second = steps.ask(ANA, ordersRead()).getId();

    assertThat(Status.fromThrowable(ended.get(10, TimeUnit.SECONDS)).getCode())
        .isEqualTo(Status.Code.INTERNAL);
    soon().until(() -> telemetry.sum("rolecall.task.failures{task=access_call}") == 1);
    store.bringBack();
    List<AccessRequest> anew = new CopyOnWriteArrayList<>();
    watchOwn(anew, new CompletableFuture<>());
    soon().until(() -> anew.stream().anyMatch(each -> each.getId().equals(second)));
    String third = steps.ask(ANA, ordersRead()).getId();
    soon().until(() -> anew.stream().anyMatch(each -> each.getId().equals(third)));
  }

  private void watchOwn(List<AccessRequest> heard, CompletableFuture<Throwable> ended) {
    node.watchAs(ANA)
        .watchAccessRequests(
            WatchAccessRequestsRequest.newBuilder().setMine(true).build(),
            new StreamObserver<>() {
              @Override
              public void onNext(AccessRequest request) {
                heard.add(request);
              }

              @Override
              public void onError(Throwable thrown) {
                ended.complete(thrown);
              }

              @Override
              public void onCompleted() {}
            });
  }
}
