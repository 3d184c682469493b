package dev.rolecall.cli.console.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import dev.rolecall.cli.connect.ChannelSecurity;
import dev.rolecall.cli.connect.CredentialKind;
import dev.rolecall.cli.console.answer.Face;
import dev.rolecall.cli.console.answer.Failure;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.identity.Audience;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The face of each failure: no outage is told as a refusal, and no refusal as an outage. */
final class CallFaceTest {

  private static final Channel NONE =
      new Channel() {
        @Override
        public <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method, CallOptions options) {
          throw new AssertionError("nothing is called here");
        }

        @Override
        public String authority() {
          return "none";
        }
      };

  private static CallFace faceAt(String address) {
    return new CallFace(
        new CalledServer(
            address,
            Audience.of("access"),
            ChannelSecurity.TLS,
            new CalledServer.Way(NONE, () -> CallOptions.DEFAULT, () -> CredentialKind.PROOF),
            Duration.ofSeconds(1)));
  }

  private static StatusRuntimeException answered(Status.Code code, String reason) {
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(code.value())
            .setMessage(reason + ": words of the server")
            .addDetails(
                Any.pack(
                    ErrorInfo.newBuilder()
                        .setReason(reason)
                        .setDomain("rolecall.dev")
                        .putMetadata("permission", "orders-admin")
                        .build()))
            .build());
  }

  @ParameterizedTest
  @CsvSource({
    "UNAUTHENTICATED, CREDENTIAL_EXPIRED, NOT_PROVEN",
    "UNAUTHENTICATED, ISSUER_REFUSED, NOT_PROVEN",
    "PERMISSION_DENIED, METHOD_NOT_ALLOWED, NOT_ALLOWED",
    "PERMISSION_DENIED, GRANT_REQUIRED, NOT_ALLOWED",
    "PERMISSION_DENIED, CALLER_LOCKED, LOCKED",
    "UNAVAILABLE, ISSUER_UNAVAILABLE, AWAY",
    "UNAVAILABLE, GRANTS_STALE, AWAY",
    "RESOURCE_EXHAUSTED, TOO_MANY_LOOKUPS, AWAY",
    "INTERNAL, DEFECT, DEFECT",
    "INVALID_ARGUMENT, DURATION_NOT_ALLOWED, REFUSED",
    "PERMISSION_DENIED, OWN_REQUEST, NOT_ALLOWED",
    "PERMISSION_DENIED, NOT_AN_ADMIN, NOT_ALLOWED",
    "NOT_FOUND, GRANT_NOT_FOUND, REFUSED",
    "FAILED_PRECONDITION, REQUEST_NOT_PENDING, CHANGED",
    "ABORTED, REVISION_MISMATCH, CHANGED",
    "ALREADY_EXISTS, IDEMPOTENCY_KEY_USED, CHANGED",
    "RESOURCE_EXHAUSTED, TOO_MANY, REFUSED",
    "UNAVAILABLE, STORE_UNAVAILABLE, AWAY",
    "UNAVAILABLE, STOPPING, AWAY"
  })
  void answerWithAReason_hasItsFace(Status.Code code, String reason, Face face) {
    Failure told = faceAt("access.internal:443").of(answered(code, reason));

    assertThat(told.face()).isEqualTo(face);
    assertThat(told.reason()).contains(reason);
    assertThat(told.message()).contains("words of the server");
    assertThat(told.details()).containsEntry("permission", "orders-admin");
    assertThat(told.title()).isNotBlank();
  }

  @Test
  void addressWithNothingBehindIt_isAwayWithTheNextStep() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }

    Failure told = faceAt("127.0.0.1:" + free).of(Status.UNAVAILABLE.asRuntimeException());

    assertThat(told.face()).isEqualTo(Face.AWAY);
    assertThat(told.advice()).contains("nothing listens at 127.0.0.1:" + free);
  }

  @Test
  void tokenThatCannotBeHad_isSignedOut() {
    Failure told =
        faceAt("access.internal:443")
            .of(
                Status.UNAUTHENTICATED
                    .withDescription("the login has ended")
                    .withCause(new CommandFailure("run 'rolecall login corp'"))
                    .asRuntimeException());

    assertThat(told.face()).isEqualTo(Face.SIGNED_OUT);
  }

  @Test
  void refusalWithoutAReason_isOfSomethingOnTheWay() {
    assertThat(
            faceAt("access.internal:443").of(Status.PERMISSION_DENIED.asRuntimeException()).face())
        .isEqualTo(Face.NOT_PROVEN);
    assertThat(faceAt("access.internal:443").of(Status.UNIMPLEMENTED.asRuntimeException()).face())
        .isEqualTo(Face.NOT_CONFIGURED);
  }
}
