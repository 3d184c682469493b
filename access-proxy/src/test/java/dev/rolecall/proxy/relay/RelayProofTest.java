package dev.rolecall.proxy.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.guard.CallGuard;
import dev.rolecall.guard.CurrentCaller;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.proxy.PassedIdentity;
import dev.rolecall.testing.RolecallExtension;
import dev.rolecall.testsupport.TestCertificate;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Judges which calls go on under the relay's own proof: none of an unknown caller. */
@Tag("attack")
class RelayProofTest {

  private static final String RELAY = "arn:aws:iam::111122223333:role/relay";

  @RegisterExtension final RolecallExtension rolecall = RolecallExtension.forAudience("orders");

  private final AtomicReference<String> called = new AtomicReference<>("never called");
  private SpoilableProof proof;
  private ScriptedUpstream guarded;
  private RelayRig rig;

  @BeforeEach
  void start() {
    proof = new SpoilableProof(rolecall.as(RELAY));
    CallGuard inner =
        rolecall.guard(
            AccessPolicy.builder("inner")
                .allow(RolePattern.parse(RELAY), "/" + Bytes.SERVICE + "/*")
                .allow(RolePattern.parse(RELAY), "/" + Bytes.PUBLIC + "/*")
                .build());
    guarded = ScriptedUpstream.start(RelayRig.INNER, inner);
    guarded.answers(
        Script.echo()
            .firstAtStart(
                call -> {
                  called.set(CurrentCaller.get().principal().text());
                  call.sendHeaders(new Metadata());
                }));
    rig =
        RelayRig.withRoute(
            rolecall,
            guard ->
                Route.builder(
                        "proven",
                        guard,
                        Upstream.over(TestCertificate.trusting(RelayRig.INNER), guarded.target())
                            .proving(proof))
                    .services("test.*")
                    .identity(PassedIdentity.plainHeaders())
                    .build());
  }

  @AfterEach
  void stop() {
    rig.close();
    guarded.close();
  }

  @Test
  void publicCall_doesNotBecomeTheRelaysOwn() {
    Status end = rig.exchange(RelayRig.OPEN, CallOptions.DEFAULT, new Metadata()).awaitEnd();

    assertThat(end.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(called.get()).isEqualTo("never called");
  }

  @Test
  void callOfAKnownCaller_goesOnUnderTheRelaysProof() {
    Status end = rig.exchange(RelayRig.METHOD, rig.allowed(), new Metadata()).awaitEnd();

    assertThat(end.getCode()).isEqualTo(Status.Code.OK);
    assertThat(called.get()).isEqualTo(RELAY);
  }

  @Test
  void proofThatTheServiceDoesNotBelieve_isAnOutageToTheClient() {
    proof.spoil();

    Status end = rig.exchange(RelayRig.METHOD, rig.allowed(), new Metadata()).awaitEnd();

    assertThat(end.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(end.getDescription()).contains("the relay's word");
    assertThat(called.get()).isEqualTo("never called");
  }

  @Test
  void serviceThatRefusesTheCallerItself_isHeard() {
    guarded.answers(
        Script.atStart(
            call -> call.close(Status.UNAUTHENTICATED.withDescription("log in"), new Metadata())));

    Status end = rig.exchange(RelayRig.METHOD, rig.allowed(), new Metadata()).awaitEnd();

    assertThat(end.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(end.getDescription()).isEqualTo("log in");
  }

  /** The relay's proof, until it is spoilt: then one that no guard believes. */
  private static final class SpoilableProof extends CallCredentials {

    private final CallCredentials good;
    private volatile boolean spoilt;

    SpoilableProof(CallCredentials good) {
      this.good = good;
    }

    void spoil() {
      spoilt = true;
    }

    @Override
    public void applyRequestMetadata(
        RequestInfo request, Executor executor, MetadataApplier applier) {
      if (!spoilt) {
        good.applyRequestMetadata(request, executor, applier);
        return;
      }
      Metadata headers = new Metadata();
      headers.put(
          Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer nonsense");
      applier.apply(headers);
    }
  }
}
