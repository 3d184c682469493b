package dev.rolecall.cli.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.echo.EchoGrpc;
import dev.rolecall.cli.failure.CallFailure;
import dev.rolecall.cli.failure.CommandFailure;
import io.grpc.Attributes;
import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.SecurityLevel;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls whose token cannot be had: failures of this end, and no answers of a server. */
final class BearerTokenTest {

  private static final class OverTls extends CallCredentials.RequestInfo {
    @Override
    public MethodDescriptor<?, ?> getMethodDescriptor() {
      return EchoGrpc.getSayMethod();
    }

    @Override
    public SecurityLevel getSecurityLevel() {
      return SecurityLevel.PRIVACY_AND_INTEGRITY;
    }

    @Override
    public String getAuthority() {
      return "orders.internal";
    }

    @Override
    public Attributes getTransportAttrs() {
      return Attributes.EMPTY;
    }
  }

  static Stream<Supplier<String>> withoutToken() {
    return Stream.of(
        () -> {
          throw new CommandFailure("--token-file: token: cannot be read: no such file");
        },
        () -> {
          throw Status.UNAUTHENTICATED
              .withDescription("--login: ended; or log in again")
              .asRuntimeException();
        });
  }

  @ParameterizedTest
  @MethodSource("withoutToken")
  void call_withoutItsToken_isNoRefusalOfAServer(Supplier<String> token) {
    CompletableFuture<Status> failed = new CompletableFuture<>();

    new BearerToken(token)
        .applyRequestMetadata(
            new OverTls(),
            Runnable::run,
            new CallCredentials.MetadataApplier() {
              @Override
              public void apply(Metadata headers) {
                throw new AssertionError("there is no token");
              }

              @Override
              public void fail(Status status) {
                failed.complete(status);
              }
            });

    CallFailure failure = CallFailure.of(failed.join().asRuntimeException());
    assertThat(failure.isOfThisEnd()).isTrue();
    assertThat(failure.isRefusal()).isFalse();
    assertThat(failure.text())
        .startsWith("failed: UNAUTHENTICATED: --")
        .doesNotContain(": --login: ended; or log in again: ");
  }
}
