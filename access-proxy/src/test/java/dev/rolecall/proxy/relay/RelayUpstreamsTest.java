package dev.rolecall.proxy.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rolecall.testing.RolecallExtension;
import dev.rolecall.testsupport.Relay;
import dev.rolecall.testsupport.TestCertificate;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RelayUpstreamsTest {

  private static final String METHOD = "test.Open/Do";

  @RegisterExtension final RolecallExtension rolecall = RolecallExtension.forAudience("orders");

  private static Status call(ManagedChannel channel) {
    Conversation it = Conversation.start(channel, METHOD, CallOptions.DEFAULT, new Metadata());
    return it.send(Bytes.of(10)).halfClose().awaitEnd();
  }

  @Test
  void severalUpstreams_shareTheCalls_andOneThatIsKilledLosesNoneOfThem() {
    try (ScriptedUpstream one = ScriptedUpstream.start(RelayRig.INNER);
        ScriptedUpstream two = ScriptedUpstream.start(RelayRig.INNER);
        RelayRig rig = rigTo(one.target(), two.target())) {
      one.answers(Script.echo());
      two.answers(Script.echo());
      ManagedChannel channel = rig.relayed();
      // Until both are connected, one takes all.
      await().until(() -> call(channel).isOk() && one.calls() > 0 && two.calls() > 0);
      int before = one.calls();
      for (int i = 0; i < 10; i++) {
        assertThat(call(channel).getCode()).isEqualTo(Status.Code.OK);
      }
      assertThat(one.calls() - before).isEqualTo(5);

      two.kill();
      // A call that meets the end of the connection fails; after that none does.
      await().until(() -> call(channel).isOk());
      for (int i = 0; i < 20; i++) {
        assertThat(call(channel).getCode()).isEqualTo(Status.Code.OK);
      }
    }
  }

  @Test
  void upstream_whoseConnectionBreaks_isUnavailable_withoutItsAddress() {
    try (ScriptedUpstream one = ScriptedUpstream.start(RelayRig.INNER);
        Relay wire = Relay.ofTcp(one.port());
        RelayRig rig = rigTo("127.0.0.1:" + wire.port())) {
      one.answers(Script.echo());
      Conversation stream =
          Conversation.start(rig.relayed(), METHOD, CallOptions.DEFAULT, new Metadata())
              .send(Bytes.of(3))
              .awaitMessages(1);

      wire.leadTo(1);
      wire.cut();
      Status broken = stream.awaitEnd();
      Status unreachable = call(rig.relayed());

      assertThat(List.of(broken, unreachable))
          .allSatisfy(
              end -> {
                assertThat(end.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
                assertThat(end.getDescription())
                    .isEqualTo("the upstream cannot be reached or broke the connection");
              });
    }
  }

  @Test
  void upstream_thatResetsItsCalls_isAsDirectly_withAnOwnText() {
    try (ScriptedUpstream one = ScriptedUpstream.start(RelayRig.INNER);
        RelayRig rig = rigTo(one.target())) {
      one.answers(Script.echo());
      Conversation stream =
          Conversation.start(rig.relayed(), METHOD, CallOptions.DEFAULT, new Metadata())
              .send(Bytes.of(3))
              .awaitMessages(1);

      one.kill();

      assertThat(stream.awaitEnd().getCode()).isEqualTo(Status.Code.CANCELLED);
      assertThat(stream.awaitEnd().getDescription())
          .isEqualTo("the upstream broke the protocol or reset the call");
    }
  }

  @Test
  void severalUpstreams_ofWhichOneCannotBeResolved_goOnWithTheOther() {
    try (ScriptedUpstream one = ScriptedUpstream.start(RelayRig.INNER);
        RelayRig rig = rigTo(one.target(), "does-not-exist.invalid:1")) {
      one.answers(Script.echo());

      assertThat(call(rig.relayed()).getCode()).isEqualTo(Status.Code.OK);
    }
  }

  @Test
  void severalUpstreams_noneOfWhichCanBeResolved_areUnavailable() {
    try (RelayRig rig = rigTo("does-not-exist.invalid:1", "does-not-exist.invalid:2")) {
      Status end = call(rig.relayed());

      assertThat(end.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(end.getDescription()).doesNotContain("invalid");
    }
  }

  @Test
  void upstream_whoseCertificateHasAnotherName_isUnavailable() {
    try (ScriptedUpstream one = ScriptedUpstream.start(RelayRig.INNER);
        RelayRig rig =
            RelayRig.withRoute(
                rolecall,
                guard ->
                    Route.builder("named", guard, upstream(one.target()).named("other.example"))
                        .services("test.Open")
                        .build())) {
      assertThat(call(rig.relayed()).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(one.calls()).isZero();
    }
  }

  private static Upstream upstream(String... targets) {
    return Upstream.over(TestCertificate.trusting(RelayRig.INNER), targets);
  }

  private RelayRig rigTo(String... targets) {
    return RelayRig.withRoute(
        rolecall,
        guard -> Route.builder("several", guard, upstream(targets)).services("test.Open").build());
  }
}
