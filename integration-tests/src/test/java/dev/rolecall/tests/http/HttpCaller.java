package dev.rolecall.tests.http;

import static java.util.Objects.requireNonNull;

import dev.rolecall.client.ProofSource;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofBinding;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Sends requests as a role. */
// region client
final class HttpCaller {

  private final HttpClient http = HttpClient.newHttpClient();
  private final ProofSource proofs;
  private final Executor threads;

  /**
   * A caller with those proofs: {@code ProofSource.forAudience("orders")}.
   *
   * @param threads reads the AWS credentials, which may block
   */
  HttpCaller(ProofSource proofs, Executor threads) {
    this.proofs = requireNonNull(proofs, "proofs");
    this.threads = requireNonNull(threads, "threads");
  }

  CompletionStage<HttpResponse<String>> get(URI uri) {
    return proofs
        .proof(ProofBinding.bearer(), threads)
        .thenCompose(proof -> http.sendAsync(request(uri, proof), BodyHandlers.ofString()));
  }

  private static HttpRequest request(URI uri, CallerProof proof) {
    return HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + proof.text()).build();
  }
}
// endregion
