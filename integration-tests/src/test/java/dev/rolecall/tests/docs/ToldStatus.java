package dev.rolecall.tests.docs;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.AuditRules;
import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.scheme.CallerVerifier;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Reading;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The status that a guard closes a call with. */
final class ToldStatus extends ServerCall<byte[], byte[]> {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private @Nullable Status status;

  private ToldStatus() {}

  /** The status of a refusal for that reason. */
  static Status of(RefusalReason reason) {
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer proof");
    ToldStatus call = new ToldStatus();
    try (CallGuard guard =
        CallGuard.builder(PolicySource.fixed(AccessPolicy.builder("none").build()))
            .accept(unused -> new Refusing(reason))
            .audit(AuditRules.ofDefaults().on(AuditCondition.NONE))
            .build()) {
      guard.interceptCall(call, headers, (started, unused) -> new Listener<>() {});
    }
    return requireNonNull(call.status, "status");
  }

  private record Refusing(RefusalReason reason) implements CallerVerifier {
    @Override
    public Reading read(Credential credential, Connection connection) {
      return Reading.refused(reason, Optional.empty());
    }

    @Override
    public void close() {}
  }

  @Override
  public void close(Status told, Metadata trailers) {
    status = told;
  }

  @Override
  public void request(int numMessages) {}

  @Override
  public void sendHeaders(Metadata headers) {}

  @Override
  public void sendMessage(byte[] message) {}

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public MethodDescriptor<byte[], byte[]> getMethodDescriptor() {
    MethodDescriptor.Marshaller<byte[]> bytes =
        new MethodDescriptor.Marshaller<>() {
          @Override
          public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
          }

          @Override
          public byte[] parse(InputStream stream) {
            return new byte[0];
          }
        };
    return MethodDescriptor.newBuilder(bytes, bytes)
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName("orders.v1.Orders/Get")
        .build();
  }
}
