package dev.rolecall.proxy.envoy;

import dev.rolecall.testsupport.Echo;
import io.grpc.Attributes;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.SecurityLevel;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;

/** The value of {@code authorization} that call credentials send. */
final class Proof {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private Proof() {}

  static String of(CallCredentials credentials) {
    CompletableFuture<String> value = new CompletableFuture<>();
    credentials.applyRequestMetadata(
        new Plaintext(),
        Runnable::run,
        new CallCredentials.MetadataApplier() {
          @Override
          public void apply(Metadata headers) {
            value.complete(String.valueOf(headers.get(AUTHORIZATION)));
          }

          @Override
          public void fail(Status status) {
            value.completeExceptionally(status.asException());
          }
        });
    return value.join();
  }

  private static final class Plaintext extends CallCredentials.RequestInfo {

    @Override
    public MethodDescriptor<?, ?> getMethodDescriptor() {
      return Echo.SAY;
    }

    @Override
    public SecurityLevel getSecurityLevel() {
      return SecurityLevel.NONE;
    }

    @Override
    public String getAuthority() {
      return "localhost";
    }

    @Override
    public Attributes getTransportAttrs() {
      return Attributes.EMPTY;
    }

    @Override
    public CallOptions getCallOptions() {
      return CallOptions.DEFAULT;
    }
  }
}
