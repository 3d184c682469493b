package dev.rolecall.tests.access;

import static dev.rolecall.tests.access.AccessBench.ENGINEER;
import static dev.rolecall.tests.access.AccessBench.LEAD;
import static dev.rolecall.tests.access.Person.minutes;
import static dev.rolecall.tests.access.Person.ordersAdmin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import dev.rolecall.grants.v1.AccessRequest;
import dev.rolecall.grants.v1.Event;
import dev.rolecall.grants.v1.ListEventsRequest;
import dev.rolecall.grants.v1.RequestAccessRequest;
import dev.rolecall.grants.v1.RequestState;
import dev.rolecall.grants.v1.RevokeGrantResponse;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.SeenRefusal;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * One grant from its request to its revocation, over TLS and by the proofs of people: what the
 * holder's stream, other callers and the events show of each step.
 */
final class AccessJourneyTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @RegisterExtension final Bench bench = new Bench();
  @TempDir private Path folder;

  private AccessBench access;
  private Person ana;
  private Person ben;
  private Person cid;

  @BeforeEach
  void start() throws Exception {
    access = AccessBench.start(bench, folder);
    ana = access.person(ENGINEER, "Ana@example.com");
    ben = access.person(LEAD, "ben@example.com");
    cid = access.person(LEAD, "cid@example.com");
  }

  @Test
  void stream_underAGrant_isAdmittedExtendedAndEndedByTheRevocation() throws Exception {
    assertThat(ana.chat().awaitEnd().reason()).isEqualTo("GRANT_REQUIRED");
    String grant = granted();
    ChatStream stream = opened();
    Instant firstEnd = time(ana.grant(grant).getEndsAt());
    assertThat(stream.statedEnd()).isEqualTo(firstEnd);

    AccessRequest more = ana.extend(grant, 180);
    assertThat(ben.approve(more).getState()).isEqualTo(RequestState.PENDING);
    assertThat(stream.answers("one of two has agreed")).isTrue();
    assertThat(ana.grant(grant).getEndsAt()).isEqualTo(timestamp(firstEnd));
    cid.approve(more);
    Instant secondEnd = time(ana.grant(grant).getEndsAt());
    assertThat(secondEnd).isAfter(firstEnd.plus(Duration.ofMinutes(100)));
    await().atMost(PATIENCE).until(() -> statedEndOfAnotherStream().equals(secondEnd));
    assertThat(stream.answers("extended")).isTrue();

    RevokeGrantResponse revoked = cid.revoke(grant);
    assertThat(revoked.getUnconfirmedList()).isEmpty();
    assertThat(revoked.getStreamsEnded()).isEqualTo(1);
    SeenRefusal ended = stream.awaitEnd();
    assertThat(ended.code()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(ended.reason()).isEqualTo("GRANT_REVOKED");
    assertThat(ended.domain()).isEqualTo("rolecall.dev");
    assertThat(ana.chat().awaitEnd().reason()).isEqualTo("GRANT_REVOKED");
    assertThatEventsAreThoseOf(grant);
  }

  private void assertThatEventsAreThoseOf(String grant) {
    Person admin = access.role(AccessBench.ADMIN);
    assertThat(
            admin
                .service()
                .listEvents(ListEventsRequest.getDefaultInstance())
                .getEventsList()
                .stream()
                .map(event -> event.getKind() + " by " + event.getActor().getPerson()))
        .containsExactly(
            "request.created by corp/ana@example.com",
            "request.reviewed by corp/ben@example.com",
            "request.approved by corp/cid@example.com",
            "request.created by corp/ana@example.com",
            "request.reviewed by corp/ben@example.com",
            "grant.extended by corp/cid@example.com",
            "grant.revoked by corp/cid@example.com");
    assertThat(
            admin
                .service()
                .listEvents(ListEventsRequest.newBuilder().setRef(grant).build())
                .getEventsList())
        .last()
        .extracting(Event::getKind)
        .isEqualTo("grant.revoked");
  }

  @Test
  void grant_ofAPerson_servesNoOtherPersonOfTheRole() throws Exception {
    granted();
    ChatStream stream = opened();

    for (Person other :
        new Person[] {
          access.person(ENGINEER, "eve@example.com"),
          access.person(ENGINEER, "ana@example.com.evil"),
          access.person(LEAD, "ana@example.com")
        }) {
      SeenRefusal refused = other.chat().awaitEnd();
      assertThat(refused.code()).isEqualTo(Status.Code.PERMISSION_DENIED);
      assertThat(refused.reason()).isIn("GRANT_REQUIRED", "METHOD_NOT_ALLOWED");
    }
    assertThat(stream.answers("still hers")).isTrue();
    stream.finish();
  }

  @Test
  void resource_ofAHeader_isThatOfTheGrantAlone() {
    AccessRequest asked =
        ana.ask(
            RequestAccessRequest.newBuilder()
                .setPermission("region-admin")
                .setDuration(minutes(30))
                .setReason("INC-43")
                .addResources("orders/eu"));
    assertThat(refused(() -> ana.say("eu")).reason()).isEqualTo("GRANT_REQUIRED");
    assertThat(ben.approve(asked).getState()).isEqualTo(RequestState.APPROVED);
    await().atMost(PATIENCE).until(() -> catchThrowable(() -> ana.say("eu")) == null);

    for (String[] regions :
        new String[][] {{}, {"us"}, {"eu", "us"}, {"eu", "eu"}, {"eu/../us"}, {"EU"}, {""}}) {
      SeenRefusal refused = refused(() -> ana.say(regions));
      assertThat(refused.code()).isEqualTo(Status.Code.PERMISSION_DENIED);
      assertThat(refused.reason()).isEqualTo("GRANT_REQUIRED");
    }
    assertThat(ana.say("eu")).endsWith("hello");
  }

  /** A grant of orders-admin, which the guarded server knows. */
  private String granted() {
    AccessRequest asked = ana.ask(ordersAdmin());
    assertThat(ben.approve(asked).getState()).isEqualTo(RequestState.PENDING);
    AccessRequest approved = cid.approve(asked);
    assertThat(approved.getState()).isEqualTo(RequestState.APPROVED);
    return approved.getGrantId();
  }

  /** A stream of the holder, opened as soon as the guarded server knows of the grant. */
  private ChatStream opened() {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> {
              ChatStream stream = ana.chat();
              return stream.answers("hello") ? stream : null;
            },
            stream -> stream != null);
  }

  private Instant statedEndOfAnotherStream() throws Exception {
    ChatStream another = ana.chat();
    assertThat(another.answers("hello")).isTrue();
    Instant end = another.statedEnd();
    another.finish();
    return end;
  }

  private static SeenRefusal refused(ThrowingCallable call) {
    return SeenRefusal.of(catchThrowable(call));
  }

  private static Instant time(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  private static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }
}
