package dev.rolecall.cli.console.demo;

import com.google.protobuf.Duration;
import dev.rolecall.cli.scene.AccessPerson;
import dev.rolecall.cli.scene.AccessScene;
import dev.rolecall.grants.v1.AccessRequest;
import dev.rolecall.grants.v1.Decision;
import dev.rolecall.grants.v1.GetAccessRequestRequest;
import dev.rolecall.grants.v1.ListAccessRequestsRequest;
import dev.rolecall.grants.v1.LockRequest;
import dev.rolecall.grants.v1.LockTarget;
import dev.rolecall.grants.v1.RequestAccessRequest;
import dev.rolecall.grants.v1.RequestState;
import dev.rolecall.grants.v1.ReviewAccessRequest;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The other people of the demo. Engineers ask; a third lead approves what another lead has approved
 * before; all of them, and some services, call the guarded server.
 */
final class Colleagues implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("rolecall.console");
  private static final long PAUSE_MILLIS = 400;
  private static final int CALLS_AN_ACT = 5;
  private static final int MOST_PENDING = 3;

  /** An ask of the demo. */
  private record Ask(AccessPerson person, RequestAccessRequest request) {}

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AccessPerson dora;
  private final AccessPerson hal;
  private final List<Ask> asks;
  private final Traffic traffic;
  private int asked;

  private Colleagues(AccessPerson dora, AccessPerson hal, List<Ask> asks, Traffic traffic) {
    this.dora = dora;
    this.hal = hal;
    this.asks = asks;
    this.traffic = traffic;
  }

  static Colleagues at(AccessScene scene) {
    AccessPerson emil = scene.person(AccessScene.ENGINEER, "emil");
    AccessPerson fay = scene.person(AccessScene.ENGINEER, "fay");
    AccessPerson gus = scene.person(AccessScene.ENGINEER, "gus");
    return new Colleagues(
        scene.person(AccessScene.LEAD, "dora"),
        scene.person(AccessScene.LEAD, "hal"),
        List.of(
            new Ask(emil, admin(120, "INC-1042: orders of Friday are stuck in PAYING").build()),
            new Ask(
                fay,
                export("Monthly report for the auditors", "FIN-311")
                    .addResources("orders/eu-west-1")
                    .addResources("orders/us-east-1")
                    .build()),
            new Ask(gus, admin(30, "Database is at 98 %, pruning now").setBreakGlass(true).build()),
            new Ask(gus, admin(240, "Replay of the failed orders, with Emil").build()),
            new Ask(
                emil,
                export("Compare the export with last week's", "FIN-312")
                    .addResources("orders/eu-west-1")
                    .build())),
        new Traffic(scene, List.of(emil, fay, gus)));
  }

  private static RequestAccessRequest.Builder admin(int minutes, String reason) {
    return asking("orders-admin", minutes, reason);
  }

  private static RequestAccessRequest.Builder export(String reason, String ticket) {
    return asking("orders-export", 240, reason).setTicket(ticket);
  }

  private static RequestAccessRequest.Builder asking(
      String permission, int minutes, String reason) {
    return RequestAccessRequest.newBuilder()
        .setPermission(permission)
        .setDuration(Duration.newBuilder().setSeconds(minutes * 60L))
        .setReason(reason);
  }

  void begin() {
    Thread days = new Thread(this::live, "rolecall-demo");
    days.setDaemon(true);
    days.start();
  }

  private void live() {
    // What a person finds: one engineer has access, and one person is locked.
    watched(this::prepare);
    for (int step = 0; !isStopped(); step++) {
      watched(traffic::next);
      if (step % CALLS_AN_ACT == 0) {
        watched(this::act);
      }
    }
  }

  private boolean isStopped() {
    try {
      return stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static void watched(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      // Going on is safe: the next step is another. At the end of the demo every call fails.
      LOG.log(System.Logger.Level.DEBUG, "a step of the demo failed", e);
    }
  }

  private void prepare() {
    AccessPerson engineer = asks.get(0).person();
    AccessRequest asked =
        engineer.service().requestAccess(admin(90, "INC-1040: refunds of Thursday").build());
    approve(hal, asked);
    approve(dora, dora.service().getAccessRequest(byId(asked.getId())));
    var unused =
        dora.service()
            .lock(
                LockRequest.newBuilder()
                    .setTarget(LockTarget.newBuilder().setPerson("corp/iva@example.com"))
                    .setReason("has left the company")
                    .build());
  }

  private static GetAccessRequestRequest byId(String id) {
    return GetAccessRequestRequest.newBuilder().setId(id).build();
  }

  private void act() {
    List<AccessRequest> pending =
        dora.service()
            .listAccessRequests(
                ListAccessRequestsRequest.newBuilder()
                    .setReviewable(true)
                    .addStates(RequestState.PENDING)
                    .build())
            .getRequestsList();
    pending.stream().filter(Colleagues::isApprovedByAnother).forEach(each -> approve(dora, each));
    if (pending.size() < MOST_PENDING) {
      Ask next = asks.get(asked++ % asks.size());
      var unused = next.person().service().requestAccess(next.request());
    }
  }

  private static boolean isApprovedByAnother(AccessRequest request) {
    return request.getReviewsCount() > 0;
  }

  private static void approve(AccessPerson reviewer, AccessRequest request) {
    try {
      var unused =
          reviewer
              .service()
              .reviewAccess(
                  ReviewAccessRequest.newBuilder()
                      .setId(request.getId())
                      .setDecision(Decision.APPROVE)
                      .setReason("agreed")
                      .setExpectedRevision(request.getRevision())
                      .build());
    } catch (StatusRuntimeException e) {
      // Going on is safe: another has decided first, or this one has voted.
      LOG.log(System.Logger.Level.DEBUG, "a review of the demo came too late", e);
    }
  }

  @Override
  public void close() {
    stopped.countDown();
    traffic.close();
  }
}
