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
import java.util.concurrent.ForkJoinPool;

/** Sends requests as a role. */
// region client
final class HttpCaller {

  private final HttpClient http = HttpClient.newHttpClient();
  private final ProofSource proofs;

  /** A caller with those proofs: {@code ProofSource.forAudience("orders")}. */
  HttpCaller(ProofSource proofs) {
    this.proofs = requireNonNull(proofs, "proofs");
  }

  CompletionStage<HttpResponse<String>> get(URI uri) {
    return proofs
        .proof(ProofBinding.bearer(), ForkJoinPool.commonPool())
        .thenCompose(proof -> http.sendAsync(request(uri, proof), BodyHandlers.ofString()));
  }

  private static HttpRequest request(URI uri, CallerProof proof) {
    return HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + proof.text()).build();
  }
}
// endregion
