package dev.rolecall.proxy.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.guard.CallGuard;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.proxy.PassedIdentity;
import dev.rolecall.testing.RolecallExtension;
import dev.rolecall.testsupport.TestCertificate;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Judges calls that are admitted in any case, where there is no identity to pass on. */
class AdmittedInsteadTest {

  private static final String RELAY = "arn:aws:iam::111122223333:role/relay";

  @RegisterExtension final RolecallExtension rolecall = RolecallExtension.forAudience("orders");

  private void assertGoesOnAsNobodys(PassedIdentity identity) {
    CallGuard admitting =
        rolecall.closing(
            rolecall
                .guardBuilder(PolicySource.fixed(RelayRig.allowing()))
                .admitAndRecordInsteadOfRefusing()
                .build());
    try (ScriptedUpstream servers = ScriptedUpstream.start(RelayRig.INNER);
        RelayRig rig =
            RelayRig.withRoute(
                rolecall,
                guard ->
                    Route.builder(
                            "admitting",
                            admitting,
                            Upstream.over(
                                    TestCertificate.trusting(RelayRig.INNER), servers.target())
                                .proving(rolecall.as(RELAY)))
                        .services(Bytes.SERVICE)
                        .identity(identity)
                        .build())) {
      servers.answers(Script.echo());

      Status end = rig.exchange(RelayRig.METHOD, rig.allowed(), new Metadata()).awaitEnd();

      assertThat(end.getCode()).isEqualTo(Status.Code.OK);
      assertThat(ScriptedUpstream.Seen.texts(servers.seen().headers()))
          .noneMatch(each -> each.startsWith("authorization") || each.startsWith("txn-token"));
    }
  }

  @Test
  void call_whoseIdentityHasLapsed_goesOnAsNobodys() {
    assertGoesOnAsNobodys((caller, method) -> Optional.empty());
  }

  @Test
  void call_whoseIdentityFails_goesOnAsNobodys() {
    assertGoesOnAsNobodys(
        (caller, method) -> {
          throw new IllegalStateException("the test's");
        });
  }
}
