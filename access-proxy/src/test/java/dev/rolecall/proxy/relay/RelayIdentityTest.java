package dev.rolecall.proxy.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rolecall.guard.CallGuard;
import dev.rolecall.guard.CurrentCaller;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.proxy.IdentityHeaders;
import dev.rolecall.proxy.PassedIdentity;
import dev.rolecall.testing.RolecallExtension;
import dev.rolecall.testsupport.TestCertificate;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("attack")
class RelayIdentityTest {

  private static final String OTHER = "arn:aws:iam::111122223333:role/other";
  private static final String RELAY = "arn:aws:iam::111122223333:role/relay";

  @RegisterExtension final RolecallExtension rolecall = RolecallExtension.forAudience("orders");

  private @Nullable RelayRig rig;

  @AfterEach
  void stop() {
    if (rig != null) {
      rig.close();
    }
  }

  private RelayRig start(UnaryOperator<Route.Builder> route) {
    RelayRig started = new RelayRig(rolecall, route, relay -> relay);
    started.upstream().answers(Script.echo());
    rig = started;
    return started;
  }

  private RelayRig start() {
    return start(route -> route.identity(PassedIdentity.plainHeaders()));
  }

  /** Headers that a client makes up. */
  private static Metadata forged() {
    Metadata forged = new Metadata();
    for (String name :
        List.of("txn-token", "x-rolecall-principal", "x-rolecall-scheme", "x-rolecall-else")) {
      forged.put(key(name), "forged");
      forged.put(key(name), "forged twice");
    }
    forged.put(Metadata.Key.of("txn-token-bin", Metadata.BINARY_BYTE_MARSHALLER), new byte[] {1});
    forged.put(
        Metadata.Key.of("x-rolecall-x-bin", Metadata.BINARY_BYTE_MARSHALLER), new byte[] {1});
    forged.put(key("rolecall-grant"), "a grant");
    forged.put(key("x-request-id"), "kept");
    return forged;
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  private static List<String> claims(Metadata headers) {
    return ScriptedUpstream.Seen.texts(headers).stream()
        .filter(
            each -> {
              String lower = each.toLowerCase(java.util.Locale.ROOT);
              return lower.startsWith("txn-")
                  || lower.startsWith("x-rolecall-")
                  || lower.startsWith("authorization")
                  || lower.startsWith("rolecall-grant");
            })
        .toList();
  }

  @Test
  void allowedCall_withForgedHeaders_arrivesWithTheVerifiedIdentityAlone() {
    RelayRig rig = start();

    Conversation call = rig.exchange(RelayRig.METHOD, rig.allowed(), forged());

    assertThat(call.awaitEnd().getCode()).isEqualTo(Status.Code.OK);
    assertThat(claims(rig.upstream().seen().headers()))
        .containsExactly("x-rolecall-principal: " + RelayRig.ROLE, "x-rolecall-scheme: aws-iam");
    assertThat(rig.upstream().seen().headers().get(key("x-request-id"))).isEqualTo("kept");
  }

  @Test
  void publicCall_withForgedHeadersAndACredential_arrivesWithNone() {
    RelayRig rig = start();
    Metadata forged = forged();
    forged.put(key("authorization"), "Bearer one");
    forged.put(key("authorization"), "Bearer two");

    Conversation call = rig.exchange(RelayRig.OPEN, CallOptions.DEFAULT, forged);

    assertThat(call.awaitEnd().getCode()).isEqualTo(Status.Code.OK);
    assertThat(claims(rig.upstream().seen().headers())).isEmpty();
  }

  @Test
  void refusedCall_withForgedHeaders_neverArrives() {
    RelayRig rig = start();

    Conversation call =
        rig.exchange(
            RelayRig.METHOD, CallOptions.DEFAULT.withCallCredentials(rolecall.as(OTHER)), forged());

    assertThat(call.awaitEnd().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(details(call)).contains("METHOD_NOT_ALLOWED");
    assertThat(rig.upstream().calls()).isZero();
    await()
        .untilAsserted(
            () ->
                assertThat(
                        rig.telemetry()
                            .sum("rolecall.relay.calls{route=orders,status=PERMISSION_DENIED}"))
                    .isEqualTo(1));
  }

  @Test
  void twoAuthorizations_areRefused() {
    RelayRig rig = start();
    Metadata two = new Metadata();
    two.put(key("authorization"), "Bearer one");
    two.put(key("authorization"), "Bearer two");

    Conversation call = rig.exchange(RelayRig.METHOD, CallOptions.DEFAULT, two);

    assertThat(call.awaitEnd().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(details(call)).contains("CREDENTIALS_AMBIGUOUS");
    assertThat(rig.upstream().calls()).isZero();
  }

  @Test
  void identityThatHasLapsed_isRefusedAndRecorded() {
    RelayRig rig = start(route -> route.identity((caller, method) -> Optional.empty()));

    Conversation call = rig.exchange(RelayRig.METHOD, rig.allowed(), new Metadata());

    assertThat(call.awaitEnd().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(details(call)).contains("CREDENTIAL_EXPIRED");
    assertThat(rig.upstream().calls()).isZero();
    await()
        .untilAsserted(
            () ->
                assertThat(rig.telemetry().sums().keySet())
                    .anyMatch(
                        name ->
                            name.startsWith("rolecall.server.decisions")
                                && name.contains("credential_expired")));
  }

  @Test
  void identityThatFails_isADefect_andNeverArrives() {
    RelayRig rig =
        start(
            route ->
                route.identity(
                    (caller, method) -> {
                      throw new IllegalStateException("the test's");
                    }));

    Conversation call = rig.exchange(RelayRig.METHOD, rig.allowed(), new Metadata());

    assertThat(call.awaitEnd().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(details(call)).contains("DEFECT");
    assertThat(rig.upstream().calls()).isZero();
  }

  @Test
  void transactionToken_isSetWithTheMethodAndTheCaller() {
    AtomicReference<String> asked = new AtomicReference<>("");
    RelayRig rig =
        start(
            route ->
                route.identity(
                    (caller, method) -> {
                      asked.set(caller.principal().text() + " " + method);
                      return Optional.of(
                          new IdentityHeaders(Map.of(IdentityHeaders.TRANSACTION_TOKEN, "a.b.c")));
                    }));

    var unused = rig.exchange(RelayRig.METHOD, rig.allowed(), forged());

    assertThat(claims(rig.upstream().seen().headers())).containsExactly("txn-token: a.b.c");
    assertThat(asked.get()).isEqualTo(RelayRig.ROLE + " " + RelayRig.METHOD);
  }

  @Test
  void routeThatKeepsCredentials_keepsThese_andNoForgedIdentity() {
    RelayRig rig =
        start(
            route ->
                route
                    .identity(PassedIdentity.plainHeaders())
                    .dangerouslyForwardClientCredentials());

    var unused = rig.exchange(RelayRig.METHOD, rig.allowed(), forged());

    assertThat(claims(rig.upstream().seen().headers()))
        .hasSize(4)
        .anyMatch(each -> each.startsWith("authorization: "))
        .contains("rolecall-grant: a grant", "x-rolecall-principal: " + RelayRig.ROLE);
  }

  @Test
  void ownProof_takesThePlaceOfTheClients() {
    CallGuard inner =
        rolecall.guard(
            AccessPolicy.builder("inner")
                .allow(RolePattern.parse(RELAY), "/" + Bytes.SERVICE + "/*")
                .build());
    try (ScriptedUpstream guarded = ScriptedUpstream.start(RelayRig.INNER, inner)) {
      AtomicReference<String> called = new AtomicReference<>("");
      guarded.answers(
          Script.echo()
              .firstAtStart(
                  call -> {
                    called.set(CurrentCaller.get().principal().text());
                    call.sendHeaders(new Metadata());
                  }));
      RelayRig rig = startTo(upstreamOf(guarded).proving(rolecall.as(RELAY)));

      Conversation call = rig.exchange("test.Scripted/Proven", rig.allowed(), new Metadata());

      assertThat(call.awaitEnd().getCode()).isEqualTo(Status.Code.OK);
      assertThat(called.get()).isEqualTo(RELAY);
      assertThat(guarded.seen().headers().get(key("x-rolecall-principal")))
          .isEqualTo(RelayRig.ROLE);
    }
  }

  @Test
  void ownProofThatCannotBeMade_isAnOutage_andNoRefusalOfTheClient() {
    try (ScriptedUpstream other = ScriptedUpstream.start(RelayRig.INNER)) {
      RelayRig rig = startTo(upstreamOf(other).proving(new NoCredentials()));

      Status end = rig.exchange("test.Scripted/Proven", rig.allowed(), new Metadata()).awaitEnd();

      assertThat(end.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(requireNonNull(end.getDescription())).doesNotContain("secret");
    }
  }

  private static Upstream upstreamOf(ScriptedUpstream other) {
    return Upstream.over(TestCertificate.trusting(RelayRig.INNER), other.target());
  }

  private RelayRig startTo(Upstream upstream) {
    RelayRig started =
        RelayRig.withRoute(
            rolecall,
            guard ->
                Route.builder("proven", guard, upstream)
                    .services(Bytes.SERVICE)
                    .identity(PassedIdentity.plainHeaders())
                    .build());
    rig = started;
    return started;
  }

  private static String details(Conversation call) {
    Metadata.Key<byte[]> details =
        Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);
    return new String(requireNonNull(call.trailers().get(details)), US_ASCII);
  }

  private static final class NoCredentials extends CallCredentials {

    @Override
    public void applyRequestMetadata(
        RequestInfo request, Executor executor, MetadataApplier applier) {
      applier.fail(Status.UNAUTHENTICATED.withDescription("secret"));
    }
  }
}
