package dev.rolecall.service;

import static dev.rolecall.service.StatedCallers.ANA;
import static dev.rolecall.service.StatedCallers.BATCH;
import static dev.rolecall.service.StatedCallers.BEN;
import static dev.rolecall.service.StatedCallers.LEE;
import static dev.rolecall.service.StatedCallers.ORDERS;
import static dev.rolecall.service.StatedCallers.SECURITY;
import static dev.rolecall.service.Steps.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.grants.v1.FeedMessage;
import dev.rolecall.grants.v1.Grant;
import dev.rolecall.grants.v1.GrantState;
import dev.rolecall.grants.v1.Holder;
import dev.rolecall.grants.v1.ListEnforcersRequest;
import dev.rolecall.grants.v1.RevokeGrantRequest;
import dev.rolecall.grants.v1.RevokeGrantResponse;
import dev.rolecall.grants.v1.Subscribe;
import dev.rolecall.grants.v1.WatchMessage;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The feed of a node, over real calls. */
class GrantFeedTest extends OnOneNode {

  @Test
  void subscriber_ofAPermission_hearsItsGrantsAndNoOthers() {
    Grant grant = steps.granted(ANA);

    try (FeedClient feed = FeedClient.subscribe(node, "orders-1", "orders-read");
        FeedClient other = FeedClient.subscribe(node, "orders-2", "region-admin");
        FeedClient none = FeedClient.subscribe(node, "orders-3")) {
      soon().until(() -> feed.grants().containsKey(grant.getId()));
      GrantState heard = feed.grant(grant.getId());
      assertThat(feed.heard().get(0).getReset()).isTrue();
      assertThat(heard.getHolder())
          .isEqualTo(
              Holder.newBuilder()
                  .setPrincipal(StatedCallers.ACCOUNT + StatedCallers.ENGINEER)
                  .setRoleId(StatedCallers.ENGINEER_ID)
                  .setSessionName("ana@example.com")
                  .build());
      assertThat(heard.getRevoked()).isFalse();
      soon().until(() -> !other.heard().isEmpty() && !none.heard().isEmpty());
      assertThat(other.grants()).isEmpty();
      assertThat(none.grants()).isEmpty();
    }
  }

  /** A revocation that waits half a second for confirmations. */
  private static CompletableFuture<RevokeGrantResponse> revocationOf(Grant grant) {
    return CompletableFuture.supplyAsync(
        () ->
            node.as(BATCH)
                .revokeGrant(
                    RevokeGrantRequest.newBuilder()
                        .setGrantId(grant.getId())
                        .setReason("done")
                        .setWait(com.google.protobuf.Duration.newBuilder().setNanos(500_000_000))
                        .build()),
        task -> new Thread(task).start());
  }

  @Test
  void revocation_isHeardAtOnceAndItsConfirmationsAreWaitedFor() {
    Grant grant = steps.granted(BATCH);
    try (FeedClient feed = FeedClient.subscribe(node, "waited", "orders-read");
        FeedClient mute = FeedClient.subscribe(node, "mute", "orders-read");
        FeedClient stranger = FeedClient.subscribe(node, "elsewhere", "region-admin")) {
      soon().until(() -> feed.grants().containsKey(grant.getId()) && !mute.heard().isEmpty());
      soon().until(() -> !stranger.heard().isEmpty());
      long called = System.nanoTime();
      CompletableFuture<RevokeGrantResponse> answer = revocationOf(grant);
      soon().pollInterval(Duration.ofMillis(1)).until(() -> feed.grant(grant.getId()).getRevoked());
      // A wake-up, and not the poll of each second, has told it.
      assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - called)).isLessThan(900);
      feed.acknowledge(feed.grant(grant.getId()).getRevision(), 3);
      RevokeGrantResponse response = answer.join();
      assertThat(response.getUnconfirmedList()).contains("mute").doesNotContain("waited");
      assertThat(response.getUnconfirmedList()).doesNotContain("elsewhere");
      assertThat(response.getStreamsEnded()).isEqualTo(3);
    }
  }

  @Test
  void replicas_ofOneName_confirmEachForItself() {
    Grant grant = steps.granted(BATCH);
    try (FeedClient mute = FeedClient.subscribe(node, "replica", "orders-read");
        FeedClient first = FeedClient.subscribe(node, "replica", "orders-read");
        FeedClient last = FeedClient.subscribe(node, "replica", "orders-read")) {
      soon().until(() -> first.grants().containsKey(grant.getId()));
      soon().until(() -> last.grants().containsKey(grant.getId()));
      soon().until(() -> mute.grants().containsKey(grant.getId()));
      CompletableFuture<RevokeGrantResponse> answer = revocationOf(grant);
      for (FeedClient each : List.of(first, last)) {
        soon().until(() -> each.grant(grant.getId()).getRevoked());
        each.acknowledge(each.grant(grant.getId()).getRevision(), 0);
      }

      assertThat(answer.join().getUnconfirmedList()).containsOnlyOnce("replica");
    }
  }

  @Test
  void confirmation_ofWhatWasNotSent_confirmsNothing() {
    Grant grant = steps.granted(BATCH);
    try (FeedClient feed = FeedClient.subscribe(node, "ahead", "orders-read")) {
      soon().until(() -> feed.grants().containsKey(grant.getId()));
      feed.acknowledge(Long.MAX_VALUE, 0);

      assertThat(revocationOf(grant).join().getUnconfirmedList()).contains("ahead");
    }
  }

  @Test
  void server_thatComesBack_isListedOnce() {
    for (int i = 0; i < 3; i++) {
      try (FeedClient feed = FeedClient.subscribe(node, "comes-back", "orders-read")) {
        soon().until(() -> !feed.heard().isEmpty());
      }
    }

    soon().untilAsserted(() -> assertThat(listed("comes-back")).isEqualTo(1));
  }

  private static long listed(String name) {
    return node
        .as(SECURITY)
        .listEnforcers(ListEnforcersRequest.getDefaultInstance())
        .getEnforcersList()
        .stream()
        .filter(each -> each.getNode().equals(name))
        .count();
  }

  @Test
  void revocation_thatIsNotWaitedFor_namesAllThatFollow() {
    Grant grant = steps.granted(BATCH);
    try (FeedClient feed = FeedClient.subscribe(node, "follows", "orders-read")) {
      soon().until(() -> feed.grants().containsKey(grant.getId()));

      assertThat(steps.revoke(BATCH, grant.getId()).getUnconfirmedList()).contains("follows");
    }
  }

  @Test
  void enforcers_areListedWithWhatTheyHaveConfirmed() {
    try (FeedClient feed = FeedClient.subscribe(node, "listed", "orders-read")) {
      soon().until(() -> !feed.heard().isEmpty());
      feed.acknowledge(feed.last().getRevision(), 0);

      soon()
          .untilAsserted(
              () ->
                  assertThat(
                          node.as(SECURITY)
                              .listEnforcers(ListEnforcersRequest.getDefaultInstance())
                              .getEnforcersList())
                      .anyMatch(
                          each ->
                              each.getNode().equals("listed")
                                  && each.getConnected()
                                  && each.getAcknowledgedRevision()
                                      == feed.heard().get(0).getRevision()));
    }
    soon()
        .untilAsserted(
            () ->
                assertThat(
                        node.as(SECURITY)
                            .listEnforcers(ListEnforcersRequest.getDefaultInstance())
                            .getEnforcersList())
                    .anyMatch(each -> each.getNode().equals("listed") && !each.getConnected()));
  }

  @Test
  void subscriber_thatComesBack_goesOnFromItsRevision() {
    Grant before = steps.granted(ANA);
    FeedMessage last;
    try (FeedClient feed = FeedClient.subscribe(node, "back", "orders-read")) {
      soon().until(() -> feed.grants().containsKey(before.getId()));
      last = feed.last();
    }
    Grant after = steps.granted(BEN);

    try (FeedClient feed =
        FeedClient.connect(node, ORDERS)
            .from("back", last.getEpoch(), last.getRevision(), "orders-read")) {
      soon().until(() -> feed.grants().containsKey(after.getId()));
      assertThat(feed.grants()).doesNotContainKey(before.getId());
      assertThat(feed.heard()).noneMatch(FeedMessage::getReset);
    }
    try (FeedClient feed =
        FeedClient.connect(node, ORDERS)
            .from("back", "another-history", last.getRevision(), "orders-read")) {
      soon().until(() -> feed.grants().containsKey(before.getId()));
      assertThat(feed.heard().get(0).getReset()).isTrue();
    }
  }

  @Test
  void subscriber_thatWantsMore_hearsAllAnew() {
    Grant grant = steps.granted(ANA);
    try (FeedClient feed = FeedClient.subscribe(node, "grows", "region-admin")) {
      soon().until(() -> !feed.heard().isEmpty());
      FeedMessage last = feed.last();

      feed.from("grows", last.getEpoch(), last.getRevision(), "region-admin", "orders-read");

      soon().until(() -> feed.grants().containsKey(grant.getId()));
    }
  }

  @Test
  void heartbeats_comeEachSecondWithTheStoresTime() {
    try (FeedClient feed = FeedClient.subscribe(node, "beats", "region-admin")) {
      soon().until(() -> feed.heard().size() >= 3);

      List<FeedMessage> heard = feed.heard();
      long first = heard.get(1).getServerTimeMs();
      long second = heard.get(2).getServerTimeMs();
      assertThat(second - first).isBetween(500L, 2_500L);
      assertThat(Math.abs(second - System.currentTimeMillis())).isLessThan(2_000);
    }
  }

  @Test
  void messages_thatAreNone_endTheSubscription() {
    List<WatchMessage> wrong = new ArrayList<>();
    wrong.add(WatchMessage.getDefaultInstance());
    wrong.add(subscribe(Subscribe.newBuilder()));
    wrong.add(subscribe(Subscribe.newBuilder().setNode("x".repeat(101))));
    wrong.add(subscribe(Subscribe.newBuilder().setNode("a\nb")));
    wrong.add(subscribe(Subscribe.newBuilder().setNode("a").addPermissions("Not One")));
    wrong.add(subscribe(Subscribe.newBuilder().setNode("a").setAfterRevision(-1)));
    for (WatchMessage message : wrong) {
      FeedClient feed = FeedClient.connect(node, ORDERS).send(message);
      soon().until(() -> feed.failure() != null);
      assertThat(feed.failureCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
    FeedClient early = FeedClient.connect(node, ORDERS).acknowledge(1, 0);
    soon().until(() -> early.failure() != null);
    assertThat(early.failureCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  private static WatchMessage subscribe(Subscribe.Builder subscribe) {
    return WatchMessage.newBuilder().setSubscribe(subscribe).build();
  }

  @Test
  void subscribers_overTheLimit_areRefusedAndTheOthersStay() {
    List<FeedClient> feeds = new ArrayList<>();
    try {
      for (int i = 0; i < 40; i++) {
        feeds.add(FeedClient.subscribe(node, "many-" + i, "orders-read"));
      }
      soon().until(() -> feeds.stream().filter(feed -> feed.failure() != null).count() >= 25);
      // One role may have half of the 30.
      assertThat(node.node().subscribers()).isLessThanOrEqualTo(15);
      assertThat(feeds)
          .filteredOn(feed -> feed.failure() != null)
          .allMatch(feed -> feed.failureCode() == Status.Code.RESOURCE_EXHAUSTED)
          .hasSizeGreaterThanOrEqualTo(25);
    } finally {
      feeds.forEach(FeedClient::close);
    }
    soon().until(() -> node.node().subscribers() == 0);
  }

  /** I14: one that reads nothing costs a cursor, and then hears the newest state of each once. */
  @Test
  void i14_subscriberThatReadsNothing_hearsTheNewestStateOfEachOnce() {
    try (FeedClient slow = FeedClient.subscribeWithoutReading(node, "slow", "orders-read");
        FeedClient quick = FeedClient.subscribe(node, "quick", "orders-read")) {
      List<Grant> grants = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        grants.add(steps.granted(BATCH));
      }
      grants.forEach(grant -> steps.revoke(LEE, grant.getId()));
      String last = grants.get(19).getId();
      // The node has read all of it.
      soon().until(() -> quick.grants().containsKey(last) && quick.grant(last).getRevoked());

      slow.read(1_000);

      // A message is kept after its grants are: the messages are what tells that all was taken.
      soon()
          .untilAsserted(
              () ->
                  assertThat(heardOf(slow))
                      .containsAll(grants.stream().map(Grant::getId).toList()));
      assertThat(heardOf(slow)).doesNotHaveDuplicates();
      assertThat(slow.grant(grants.get(19).getId()).getRevoked()).isTrue();
    }
  }

  private static List<String> heardOf(FeedClient client) {
    return client.heard().stream()
        .flatMap(message -> message.getGrantsList().stream())
        .map(GrantState::getId)
        .toList();
  }
}
