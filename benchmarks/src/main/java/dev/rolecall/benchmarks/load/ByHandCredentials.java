package dev.rolecall.benchmarks.load;

import static java.util.Objects.requireNonNull;

import dev.rolecall.client.ProofSource;
import dev.rolecall.proof.ProofBinding;
import io.grpc.CallCredentials;
import io.grpc.Metadata;
import java.util.concurrent.Executor;

/** The client's side of it: the token that is kept anyway, in metadata made for each call. */
final class ByHandCredentials extends CallCredentials {

  private final ProofSource tokens;

  ByHandCredentials(ProofSource tokens) {
    this.tokens = requireNonNull(tokens, "tokens");
  }

  @Override
  public void applyRequestMetadata(
      RequestInfo requestInfo, Executor appExecutor, MetadataApplier applier) {
    String token =
        tokens.proof(ProofBinding.bearer(), Runnable::run).toCompletableFuture().join().text();
    Metadata headers = new Metadata();
    headers.put(ByHandInterceptor.AUTHORIZATION, ByHandInterceptor.BEARER + token);
    applier.apply(headers);
  }
}
