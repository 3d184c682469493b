package dev.rolecall.tls;

import io.grpc.CallCredentials;
import io.grpc.Metadata;
import java.util.concurrent.Executor;

/** Call credentials that send any text after {@code Bearer}. */
final class BearerText extends CallCredentials {

  private final Metadata headers = new Metadata();

  private BearerText(String text) {
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + text);
  }

  static BearerText of(String text) {
    return new BearerText(text);
  }

  @Override
  public void applyRequestMetadata(
      RequestInfo call, Executor appExecutor, MetadataApplier applier) {
    applier.apply(headers);
  }
}
