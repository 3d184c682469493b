package dev.rolecall.tokencredentials;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Attributes;
import io.grpc.CallCredentials;
import io.grpc.CallCredentials.MetadataApplier;
import io.grpc.CallCredentials.RequestInfo;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.SecurityLevel;
import io.grpc.Status;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A call that asks for its headers, and keeps the one answer. */
final class FakeCall extends MetadataApplier {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final BlockingQueue<Object> answers = new LinkedBlockingQueue<>();

  /** A call over TLS. */
  static FakeCall of(CallCredentials credentials, Executor executor) {
    return over(SecurityLevel.PRIVACY_AND_INTEGRITY, credentials, executor);
  }

  static FakeCall over(SecurityLevel security, CallCredentials credentials, Executor executor) {
    FakeCall call = new FakeCall();
    credentials.applyRequestMetadata(new Info(security), executor, call);
    return call;
  }

  @Override
  public void apply(Metadata headers) {
    answers.add(headers);
  }

  @Override
  public void fail(Status status) {
    answers.add(status);
  }

  boolean isAnswered() {
    return !answers.isEmpty();
  }

  /** The token that it carries. */
  String token() {
    Object answer = answer();
    assertThat(answer).isInstanceOf(Metadata.class);
    Iterable<String> values = ((Metadata) answer).getAll(AUTHORIZATION);
    assertThat(values).hasSize(1);
    String value = values.iterator().next();
    assertThat(value).startsWith("Bearer ");
    return value.substring("Bearer ".length());
  }

  /** The status that it fails with. */
  Status status() {
    Object answer = answer();
    assertThat(answer).isInstanceOf(Status.class);
    return (Status) answer;
  }

  private Object answer() {
    try {
      Object answer = answers.poll(2, TimeUnit.MINUTES);
      assertThat(answer).as("an answer").isNotNull();
      assertThat(answers).isEmpty();
      return answer == null ? "" : answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static final class Info extends RequestInfo {

    private final SecurityLevel security;

    Info(SecurityLevel security) {
      this.security = security;
    }

    @Override
    public MethodDescriptor<?, ?> getMethodDescriptor() {
      throw new UnsupportedOperationException("not asked for");
    }

    @Override
    public CallOptions getCallOptions() {
      return CallOptions.DEFAULT;
    }

    @Override
    public SecurityLevel getSecurityLevel() {
      return security;
    }

    @Override
    public String getAuthority() {
      return "orders.example";
    }

    @Override
    public Attributes getTransportAttrs() {
      return Attributes.EMPTY;
    }
  }
}
