package dev.rolecall.service;

import static dev.rolecall.service.StatedCallers.ANA;
import static dev.rolecall.service.StatedCallers.BATCH;
import static dev.rolecall.service.StatedCallers.BEN;
import static dev.rolecall.service.StatedCallers.LEE;
import static dev.rolecall.service.StatedCallers.SECURITY;
import static dev.rolecall.service.Steps.ordersAdmin;
import static dev.rolecall.service.Steps.ordersRead;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.rolecall.grants.v1.AccessRequest;
import dev.rolecall.grants.v1.CancelAccessRequestRequest;
import dev.rolecall.grants.v1.Decision;
import dev.rolecall.grants.v1.Event;
import dev.rolecall.grants.v1.ExtendGrantRequest;
import dev.rolecall.grants.v1.GetAccessRequestRequest;
import dev.rolecall.grants.v1.Grant;
import dev.rolecall.grants.v1.IssueGrantTokenRequest;
import dev.rolecall.grants.v1.ListAccessRequestsRequest;
import dev.rolecall.grants.v1.ListAccessRequestsResponse;
import dev.rolecall.grants.v1.ListEventsRequest;
import dev.rolecall.grants.v1.ListEventsResponse;
import dev.rolecall.grants.v1.ListGrantsRequest;
import dev.rolecall.grants.v1.RequestAccessRequest;
import dev.rolecall.grants.v1.ReviewAccessRequest;
import dev.rolecall.identity.Caller;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Questions of callers who mean no good: refused with a clear reason, and nothing half-done. */
class HostileInputTest extends OnOneNode {

  private static final String MARKUP = "<script>alert(1)</script> & <@U123> `rm` \u202e\u00e9\n\t";

  static Stream<RequestAccessRequest.Builder> malformed() {
    return Stream.of(
        ordersRead().setReason("x".repeat(2_001)),
        ordersRead().setReason("\u200b\u2060 \u00a0"),
        ordersRead().addAllResources(Collections.nCopies(101, "orders/a")),
        ordersRead().setReason("a\u0000b"),
        ordersRead().setReason("a\u001b[31mb"),
        ordersRead().setReason("a\r\nb"),
        ordersRead().setTicket("\u0007"),
        ordersRead().setPermission(""),
        ordersRead().setPermission("Orders-Read"),
        ordersRead().setPermission("x".repeat(65)),
        ordersRead().addResources("../etc"),
        ordersRead().addResources("a b"),
        ordersRead().clearDuration(),
        ordersRead().setDuration(Duration.newBuilder().setSeconds(-1)),
        ordersRead().setDuration(Duration.newBuilder().setSeconds(Long.MAX_VALUE)),
        ordersRead().setDuration(Duration.newBuilder().setSeconds(60).setNanos(-1)),
        ordersRead().setStartsAt(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE)),
        ordersRead().setStartsAt(Timestamp.newBuilder().setNanos(-1)),
        ordersRead().setIdempotencyKey("x".repeat(101)),
        ordersRead().setIdempotencyKey("a\nb"),
        ordersRead().setBeneficiary("corp/"),
        ordersRead().setBeneficiary("nowhere/ana@example.com"),
        ordersRead().setBeneficiary("corp/a b").setBeneficiaryPermissionSet("Lead"),
        ordersRead().setBeneficiary("corp/ana@example.com"),
        ordersRead().setBeneficiaryPermissionSet("Lead"),
        ordersRead().setBreakGlass(true).setStartsAt(Timestamp.newBuilder().setSeconds(1)));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void request_thatIsMalformed_isRefusedInAPlainSentence(RequestAccessRequest.Builder request) {
    Failed failed = Failed.of(() -> steps.ask(ANA, request));

    assertThat(failed.reason()).isEqualTo("ARGUMENT_INVALID");
    assertThat(failed.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failed.sentence()).contains("expected").matches("[ -~]+");
    assertThat(failed.sentence().length()).isLessThan(600);
  }

  @Test
  void review_ofMoreResourcesThanAScopeHas_isRefused() {
    String asked = steps.ask(ANA, ordersRead()).getId();
    ReviewAccessRequest.Builder review =
        ReviewAccessRequest.newBuilder().setId(asked).setDecision(Decision.APPROVE);
    IntStream.rangeClosed(0, 100).forEach(each -> review.addResources("orders/" + each));

    assertThat(Failed.of(() -> node.as(LEE).reviewAccess(review.build())).reason())
        .isEqualTo("ARGUMENT_INVALID");
  }

  @Test
  void markup_staysTextInRequestsAndEvents() {
    String reason = MARKUP.strip() + "x".repeat(2_000 - MARKUP.strip().length());
    AccessRequest asked = steps.ask(ANA, ordersRead().setReason(reason));

    assertThat(asked.getReason()).isEqualTo(reason);
    Event event =
        node.as(SECURITY)
            .listEvents(ListEventsRequest.newBuilder().setRef(asked.getId()).build())
            .getEvents(0);
    assertThat(event.getKind()).isEqualTo("request.created");
    assertThat(event.getBody()).contains("script").doesNotContain("\n");
  }

  @Test
  void events_searched_areThoseThatMeetAllNewestFirst() {
    steps.ask(ANA, ordersRead().setReason("first of two \u202e 100%"));
    AccessRequest second = steps.ask(ANA, ordersRead().setReason("second of two \u202e 100%"));
    ListEventsRequest.Builder search =
        ListEventsRequest.newBuilder()
            .setWho("  ANA@EXAMPLE ")
            .setKind("request.")
            .setText("OF TWO \u202e 100%")
            .setPermission("orders-read")
            .setFrom(second.getCreatedAt())
            .setUntil(Timestamp.newBuilder().setSeconds(253_402_300_799L))
            .setNewestFirst(true);

    assertThat(node.as(SECURITY).listEvents(search.build()).getEventsList())
        .first()
        .extracting(Event::getRef)
        .isEqualTo(second.getId());
    search.clearFrom().setPageSize(1);
    ListEventsResponse page = node.as(SECURITY).listEvents(search.build());
    assertThat(page.getEventsList()).extracting(Event::getRef).containsExactly(second.getId());
    ListEventsRequest.Builder next = search.clone().setPageToken(page.getNextPageToken());
    assertThat(node.as(SECURITY).listEvents(next.build()).getEventsList()).hasSize(1);
    assertThat(
            Failed.of(() -> node.as(SECURITY).listEvents(next.setNewestFirst(false).build()))
                .code())
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(Failed.of(() -> node.as(ANA).listEvents(search.build())).code())
        .isEqualTo(Status.Code.PERMISSION_DENIED);
  }

  static List<ListEventsRequest.Builder> malformedSearches() {
    return List.of(
        ListEventsRequest.newBuilder().setWho("x".repeat(201)),
        ListEventsRequest.newBuilder().setText("\u202e".repeat(201)),
        ListEventsRequest.newBuilder().setKind("grant"),
        ListEventsRequest.newBuilder().setKind("."),
        ListEventsRequest.newBuilder().setKind("grant.%"),
        ListEventsRequest.newBuilder().setKind("Grant.revoked"),
        ListEventsRequest.newBuilder().setKind("grant.revoked.x"),
        ListEventsRequest.newBuilder().setFrom(Timestamp.newBuilder().setNanos(-1)),
        ListEventsRequest.newBuilder().setUntil(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE)),
        ListEventsRequest.newBuilder()
            .setFrom(Timestamp.newBuilder().setSeconds(7))
            .setUntil(Timestamp.newBuilder().setSeconds(7)));
  }

  @ParameterizedTest
  @MethodSource("malformedSearches")
  void search_thatIsMalformed_isRefusedInAPlainSentence(ListEventsRequest.Builder search) {
    Failed failed = Failed.of(() -> node.as(SECURITY).listEvents(search.build()));

    assertThat(failed.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failed.sentence()).contains("expected").matches("[ -~]+").doesNotContain("202e");
    assertThat(failed.sentence().length()).isLessThan(600);
  }

  @Test
  void idsOfOthers_areToldAsAbsentOnes() {
    String request = steps.ask(ANA, ordersRead()).getId();
    Grant grant = steps.granted(ANA);

    for (String id : List.of(request, "00000000-absent", "x' or 1=1 --", "\u202e")) {
      Failed failed =
          Failed.of(
              () ->
                  node.as(BEN)
                      .getAccessRequest(GetAccessRequestRequest.newBuilder().setId(id).build()));
      assertThat(failed.reason()).isEqualTo("REQUEST_NOT_FOUND");
      assertThat(failed.sentence()).startsWith("REQUEST_NOT_FOUND: no request ");
      assertThat(
              Failed.of(
                      () ->
                          node.as(BEN)
                              .cancelAccessRequest(
                                  CancelAccessRequestRequest.newBuilder().setId(id).build()))
                  .reason())
          .isEqualTo("REQUEST_NOT_FOUND");
    }
    for (String id : List.of(grant.getId(), "absent")) {
      assertThat(Failed.of(() -> steps.revoke(BEN, id)).reason()).isEqualTo("GRANT_NOT_FOUND");
      assertThat(
              Failed.of(
                      () ->
                          node.as(BEN)
                              .extendGrant(
                                  ExtendGrantRequest.newBuilder()
                                      .setGrantId(id)
                                      .setDuration(Steps.minutes(10))
                                      .setReason("x")
                                      .build()))
                  .reason())
          .isEqualTo("GRANT_NOT_FOUND");
    }
    assertThat(
            node.as(BEN)
                .listAccessRequests(ListAccessRequestsRequest.getDefaultInstance())
                .getRequestsList())
        .noneMatch(each -> each.getId().equals(request));
    assertThat(node.as(BEN).listGrants(ListGrantsRequest.getDefaultInstance()).getGrantsList())
        .isEmpty();
    assertThat(steps.grant(ANA, grant.getId())).isEqualTo(grant);
  }

  @Test
  void reviewer_maySeeAndNotTakeBack() {
    String request = steps.ask(ANA, ordersAdmin()).getId();

    assertThat(
            Failed.of(
                    () ->
                        node.as(LEE)
                            .cancelAccessRequest(
                                CancelAccessRequestRequest.newBuilder().setId(request).build()))
                .reason())
        .isEqualTo("NOT_THE_REQUESTER");
  }

  @Test
  void tokens_withoutAnIssuer_areNotOffered() {
    Failed failed =
        Failed.of(
            () ->
                node.as(ANA)
                    .issueGrantToken(IssueGrantTokenRequest.newBuilder().setGrantId("x").build()));

    assertThat(failed.reason()).isEqualTo("TOKENS_NOT_OFFERED");
    assertThat(failed.code()).isEqualTo(Status.Code.UNIMPLEMENTED);
  }

  @Test
  void pages_haveEachRequestOnceAndRefuseTokensThatAreNone() {
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      asked.add(steps.ask(BATCH, ordersRead()).getId());
    }
    Set<String> seen = new HashSet<>();
    String token = "";
    int pages = 0;
    do {
      ListAccessRequestsResponse page =
          node.as(BATCH)
              .listAccessRequests(
                  ListAccessRequestsRequest.newBuilder()
                      .setMine(true)
                      .setPageSize(3)
                      .setPageToken(token)
                      .build());
      page.getRequestsList().forEach(each -> assertThat(seen.add(each.getId())).isTrue());
      assertThat(page.getRequestsCount()).isLessThanOrEqualTo(3);
      token = page.getNextPageToken();
      pages++;
    } while (!token.isEmpty() && pages < 10);
    assertThat(seen).containsAll(asked);
    for (ListAccessRequestsRequest wrong :
        List.of(
            ListAccessRequestsRequest.newBuilder().setPageToken("not one").build(),
            ListAccessRequestsRequest.newBuilder().setPageToken("x".repeat(2_000)).build(),
            ListAccessRequestsRequest.newBuilder().setPageSize(-1).build(),
            ListAccessRequestsRequest.newBuilder().addStatesValue(77).build())) {
      assertThat(Failed.of(() -> node.as(BATCH).listAccessRequests(wrong)).code())
          .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
  }

  @Test
  void requests_withoutAnEnd_areBounded_andTheRetryOfOneIsAnswered() {
    Caller many = StatedCallers.subject("00uMany", 1);
    List<AccessRequest> made = new ArrayList<>();
    Failed failed =
        Failed.of(
            () -> {
              for (int i = 0; i < 60; i++) {
                made.add(steps.ask(many, ordersRead().setIdempotencyKey("many-" + i)));
              }
            });

    assertThat(failed.reason()).isEqualTo("TOO_MANY");
    assertThat(failed.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(steps.ask(many, ordersRead().setIdempotencyKey("many-49"))).isEqualTo(made.get(49));
  }
}
