package dev.rolecall.cli.demo;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.rolecall.access.AuditRules;
import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.cli.echo.SayRequest;
import dev.rolecall.cli.failure.CallFailure;
import dev.rolecall.cli.scene.AccessPerson;
import dev.rolecall.cli.scene.AccessScene;
import dev.rolecall.cli.scene.Guarding;
import dev.rolecall.grants.v1.AccessRequest;
import dev.rolecall.grants.v1.Decision;
import dev.rolecall.grants.v1.Event;
import dev.rolecall.grants.v1.ExtendGrantRequest;
import dev.rolecall.grants.v1.GetGrantRequest;
import dev.rolecall.grants.v1.ListEventsRequest;
import dev.rolecall.grants.v1.RequestAccessRequest;
import dev.rolecall.grants.v1.ReviewAccessRequest;
import dev.rolecall.grants.v1.RevokeGrantRequest;
import io.grpc.StatusRuntimeException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The story of one grant: asked for, approved, used, extended, and revoked in mid-stream. */
final class AccessStory {

  private static final String STEP = "%-14s %-26s %-9s %s%n";
  private static final long HOUR = 3_600;

  private static final String RULES =
      """
      rules:
        - permission: orders-admin
          requesters: [{directory: corp, permission_set: Engineer}]
          reviewers: [{directory: corp}]
          quorum: 2
          max_duration: 4h
      admins: [{role: "arn:aws:iam::111122223333:role/security"}]
      """;

  private static final String POLICY =
      """
      name: orders
      allow_rules:
        - name: engineers administer
          source:
            principals: ["sso:111122223333:Engineer"]
            requires_grant: orders-admin
          request: {paths: ["/rolecall.demo.v1.Echo/*"]}
      """;

  private static final long PATIENCE_SECONDS = 10;

  private final LinkedBlockingQueue<AuditRecord> records;
  private final AccessScene scene;
  private final PrintWriter out;
  private final LongSupplier ticker;

  private AccessStory(
      AccessScene scene, LinkedBlockingQueue<AuditRecord> records, PrintWriter out) {
    this.scene = scene;
    this.records = records;
    this.out = out;
    this.ticker = scene.ticker();
  }

  /** Opens the scene, and tells the story in it. */
  static void tell(PrintWriter out) throws Exception {
    LinkedBlockingQueue<AuditRecord> records = new LinkedBlockingQueue<>();
    AuditRules rules = AuditRules.ofDefaults().to(records::add).on(AuditCondition.BOTH);
    try (AccessScene scene =
        AccessScene.open(RULES, Guarding.by(POLICY, guard -> guard.audit(rules)))) {
      new AccessStory(scene, records, out).tell();
    }
  }

  private void tell() throws InterruptedException {
    AccessPerson ana = scene.person(AccessScene.ENGINEER, "ana");
    AccessPerson anaAsLead = scene.person(AccessScene.LEAD, "ana");
    AccessPerson ben = scene.person(AccessScene.LEAD, "ben");
    AccessPerson cid = scene.person(AccessScene.LEAD, "cid");
    AccessPerson eve = scene.person(AccessScene.ENGINEER, "eve");

    call("ana", ana);
    AccessRequest asked = step("ana", "asks for 1 h: INC-42", () -> ask(ana));
    review("ana, as Lead", "approves it herself", anaAsLead, asked);
    review("ben", "approves", ben, asked);
    AccessRequest approved = lastReview(cid, asked);
    try (DemoStream stream = DemoStream.begin(ana.streams(), ticker)) {
      print("ana", "opens a stream", decision());
      call("eve, same role", eve);
      AccessRequest more = step("ana", "asks for 2 h more", () -> extend(ana, approved));
      review("ben", "approves", ben, more);
      lastReview(cid, more);
      out.printf(
          STEP,
          "ana's stream",
          "goes on",
          stream.goesOn() ? "echoes" : "ENDED",
          until(ana, approved));
      long revoked = ticker.getAsLong();
      revoke(cid, approved);
      long ended = stream.awaitEnd().at();
      print("ana's stream", "ends " + milliseconds(ended - revoked) + " later", decision());
    }
    call("ana", ana);
    trail();
  }

  private static AccessRequest ask(AccessPerson person) {
    return person
        .service()
        .requestAccess(
            RequestAccessRequest.newBuilder()
                .setPermission("orders-admin")
                .setDuration(Duration.newBuilder().setSeconds(HOUR))
                .setReason("INC-42")
                .build());
  }

  private static AccessRequest extend(AccessPerson person, AccessRequest approved) {
    return person
        .service()
        .extendGrant(
            ExtendGrantRequest.newBuilder()
                .setGrantId(approved.getGrantId())
                .setDuration(Duration.newBuilder().setSeconds(2 * HOUR))
                .setReason("INC-42 goes on")
                .build());
  }

  private AccessRequest review(
      String who, String what, AccessPerson person, AccessRequest request) {
    return step(
        who,
        what,
        () ->
            person
                .service()
                .reviewAccess(
                    ReviewAccessRequest.newBuilder()
                        .setId(request.getId())
                        .setDecision(Decision.APPROVE)
                        .setReason("seen")
                        .build()));
  }

  /** The review that decides, and how long the guarded server takes to know. */
  private AccessRequest lastReview(AccessPerson person, AccessRequest request)
      throws InterruptedException {
    long voting = ticker.getAsLong();
    AccessRequest decided = review("cid", "approves", person, request);
    scene.awaitNews(decided.getRevision());
    out.printf(
        STEP,
        "orders",
        "hears of it",
        "knows",
        milliseconds(ticker.getAsLong() - voting) + " after the vote");
    return decided;
  }

  private AccessRequest step(String who, String what, Supplier<AccessRequest> asking) {
    try {
      AccessRequest request = asking.get();
      out.printf(
          STEP,
          who,
          what,
          request.getState().name().toLowerCase(Locale.ROOT),
          request.getReviewsCount() + " of " + request.getQuorum() + " votes");
      out.flush();
      return request;
    } catch (StatusRuntimeException e) {
      out.printf(STEP, who, what, "refused", CallFailure.of(e).reason().orElse("no reason"));
      out.flush();
      return AccessRequest.getDefaultInstance();
    }
  }

  private void revoke(AccessPerson person, AccessRequest approved) {
    var answer =
        person
            .service()
            .revokeGrant(
                RevokeGrantRequest.newBuilder()
                    .setGrantId(approved.getGrantId())
                    .setReason("INC-42 is closed")
                    .build());
    out.printf(
        STEP,
        "cid",
        "revokes it",
        answer.getGrant().getState().name().toLowerCase(Locale.ROOT),
        answer.getGrant().getEndedReason());
    out.flush();
  }

  private void call(String who, AccessPerson person) throws InterruptedException {
    try {
      var unused = person.calls().say(SayRequest.newBuilder().setText("hello").build());
    } catch (StatusRuntimeException refusal) {
      // Refusals are to be seen; the row has the server's own word for it.
    }
    print(who, "calls orders", decision());
  }

  private void print(String who, String what, AuditRecord decided) {
    out.printf(STEP, who, what, DemoCalls.decision(decided), DemoCalls.reason(decided));
    out.flush();
  }

  /** What the guarded server decided about the last call. */
  private AuditRecord decision() throws InterruptedException {
    AuditRecord decided = records.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (decided == null) {
      throw new IllegalStateException("no call has been decided");
    }
    return decided;
  }

  private static String until(AccessPerson person, AccessRequest approved) {
    return "until "
        + text(
            person
                .service()
                .getGrant(GetGrantRequest.newBuilder().setId(approved.getGrantId()).build())
                .getEndsAt());
  }

  private static String milliseconds(long nanos) {
    return String.format(Locale.ROOT, "%.0f ms", nanos / 1e6);
  }

  private static String text(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds()).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private void trail() {
    out.println("The audit trail of the access service:");
    for (Event event :
        scene
            .role("security")
            .service()
            .listEvents(ListEventsRequest.getDefaultInstance())
            .getEventsList()) {
      out.printf(
          "%-20s  %-18s  %s%n", text(event.getAt()), event.getKind(), event.getActor().getPerson());
    }
    out.flush();
  }
}
