package dev.rolecall.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import io.grpc.Context;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The error for a handler that asks for its caller outside a guarded call. */
final class CurrentCallerTest {

  private static final Context.Key<String> OF_SOMEBODY = Context.key("of-somebody");

  @Test
  void get_onAThreadOfNoCall_saysSo() {
    assertThatThrownBy(CurrentCaller::get)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("this thread works for no call")
        .hasMessageContaining("io.grpc.Context");
  }

  @Test
  void get_inACallThatNoGuardLetThrough_saysSo() {
    Context ofACall = Context.ROOT.withValue(OF_SOMEBODY, "call");

    assertThatThrownBy(() -> ofACall.call(CurrentCaller::get))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no CallGuard has admitted this call")
        .hasMessageContaining("attached to the server last");
  }

  @Test
  void get_behindAGuard_isTheCaller() throws Exception {
    Caller checkout =
        Caller.of(
            new IamRole(
                RoleArn.parse("arn:aws:iam::111122223333:role/checkout"),
                RoleId.parse("AROAEXAMPLE000000001")),
            Evidence.ofSession("aws-iam", Evidence.Carrier.CALL_METADATA, "session"),
            Instant.EPOCH);

    assertThat(CurrentCaller.in(Context.ROOT, checkout).call(CurrentCaller::get))
        .isSameAs(checkout);
  }
}
