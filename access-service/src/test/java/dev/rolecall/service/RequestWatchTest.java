package dev.rolecall.service;

import static dev.rolecall.service.StatedCallers.ANA;
import static dev.rolecall.service.StatedCallers.BEN;
import static dev.rolecall.service.StatedCallers.LEE;
import static dev.rolecall.service.Steps.minutes;
import static dev.rolecall.service.Steps.ordersAdmin;
import static dev.rolecall.service.Steps.ordersRead;
import static dev.rolecall.service.Steps.soon;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.grants.v1.AccessRequest;
import dev.rolecall.grants.v1.ListPermissionsRequest;
import dev.rolecall.grants.v1.RequestState;
import dev.rolecall.grants.v1.WatchAccessRequestsRequest;
import dev.rolecall.identity.Caller;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watches of requests, and rules that change while they last. */
class RequestWatchTest {

  @TempDir private Path folder;

  private AccessNode node;
  private Steps steps;

  @BeforeEach
  void start() {
    node = AccessNode.start(folder);
    steps = new Steps(node);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  /** A watch that keeps what it hears. */
  private static final class Watch
      implements ClientResponseObserver<WatchAccessRequestsRequest, AccessRequest> {
    final List<AccessRequest> heard = new CopyOnWriteArrayList<>();
    final boolean reads;
    volatile @Nullable ClientCallStreamObserver<WatchAccessRequestsRequest> call;
    volatile @Nullable Throwable failure;

    Watch(boolean reads) {
      this.reads = reads;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<WatchAccessRequestsRequest> stream) {
      call = stream;
      if (!reads) {
        stream.disableAutoRequestWithInitial(0);
      }
    }

    @Override
    public void onNext(AccessRequest request) {
      heard.add(request);
    }

    @Override
    public void onError(Throwable thrown) {
      failure = thrown;
    }

    @Override
    public void onCompleted() {}

    List<RequestState> statesOf(String id) {
      return heard.stream()
          .filter(request -> request.getId().equals(id))
          .map(AccessRequest::getState)
          .distinct()
          .toList();
    }
  }

  private Watch watch(Caller caller, boolean reads, WatchAccessRequestsRequest.Builder wanted) {
    Watch watch = new Watch(reads);
    node.watchAs(caller).watchAccessRequests(wanted.build(), watch);
    return watch;
  }

  @Test
  void reviewer_hearsWhatWaitsAndWhatIsDecided() {
    String before = steps.ask(ANA, ordersRead()).getId();
    Watch watch = watch(LEE, true, WatchAccessRequestsRequest.newBuilder().setReviewable(true));
    soon().until(() -> watch.statesOf(before).contains(RequestState.PENDING));

    String after = steps.ask(BEN, ordersRead()).getId();
    soon().until(() -> watch.statesOf(after).contains(RequestState.PENDING));
    steps.approve(LEE, before);

    soon().until(() -> watch.statesOf(before).contains(RequestState.APPROVED));
  }

  @Test
  void reviewer_hearsOfEmergencyAccessThatWaitsForItsReview() {
    String before =
        steps.ask(ANA, ordersAdmin().setBreakGlass(true).setDuration(minutes(5))).getId();
    Watch watch = watch(LEE, true, WatchAccessRequestsRequest.newBuilder().setReviewable(true));
    soon().until(() -> watch.statesOf(before).contains(RequestState.APPROVED));

    String after =
        steps.ask(BEN, ordersAdmin().setBreakGlass(true).setDuration(minutes(5))).getId();
    soon().until(() -> watch.statesOf(after).contains(RequestState.APPROVED));
  }

  @Test
  void requester_hearsItsOwnAndNoOther() {
    Watch watch = watch(ANA, true, WatchAccessRequestsRequest.newBuilder().setMine(true));
    String other = steps.ask(BEN, ordersRead()).getId();
    String own = steps.ask(ANA, ordersRead()).getId();

    soon().until(() -> watch.statesOf(own).contains(RequestState.PENDING));
    assertThat(watch.statesOf(other)).isEmpty();
  }

  @Test
  void watch_thatIsNotRead_hearsTheNewestStateOfEach() {
    Watch watch = watch(LEE, false, WatchAccessRequestsRequest.newBuilder());
    String asked = steps.ask(ANA, ordersRead()).getId();
    steps.approve(LEE, asked);
    for (int i = 0; i < 5; i++) {
      steps.ask(BEN, ordersRead());
    }

    requireNonNull(watch.call).request(100);

    soon().until(() -> watch.statesOf(asked).contains(RequestState.APPROVED));
    soon().until(() -> watch.heard.stream().map(AccessRequest::getId).distinct().count() == 6);
  }

  @Test
  void rulesThatAreWrong_changeNothing_andGoodOnesEndWatchesOfThoseTheyLeaveOut() {
    Watch watch = watch(LEE, true, WatchAccessRequestsRequest.newBuilder());
    node.replaceRules(AccessNode.RULES.replace("max_duration", "max_duraton"));
    soon().during(Duration.ofMillis(400)).until(() -> node.node().rules().rules().size() == 4);
    assertThat(
            node.as(LEE)
                .listPermissions(ListPermissionsRequest.getDefaultInstance())
                .getPermissionsCount())
        .isEqualTo(4);

    node.replaceRules(AccessNode.RULES.replace("AROALEAD000000000001", "AROALEAD000000000002"));

    soon()
        .untilAsserted(
            () ->
                assertThat(
                        node.as(LEE)
                            .listPermissions(ListPermissionsRequest.getDefaultInstance())
                            .getPermissionsCount())
                    .isZero());
    assertThat(watch.failure).isNull();
    node.replaceRules(
        AccessNode.RULES
            .replace("permission_set: Lead\n", "permission_set: Boss\n")
            .replace("permission_set: Lead}", "permission_set: Boss}"));
    soon().until(() -> watch.failure != null);
  }
}
