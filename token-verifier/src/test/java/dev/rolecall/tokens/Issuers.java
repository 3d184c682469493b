package dev.rolecall.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.key.SigningKey;
import dev.rolecall.tokens.internal.http.IssuerRequest;
import dev.rolecall.tokens.internal.http.IssuerResponse;
import dev.rolecall.tokens.internal.http.IssuerTransport;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;

/** The issuers of the tests' world: what each URL answers, and what was asked. */
final class Issuers implements IssuerTransport {

  static final Instant NOW = Instant.parse("2026-11-21T22:18:45Z");

  static final String IDP = "https://idp.example";
  static final SigningKey RSA = key(Algorithm.RS256);
  static final SigningKey EC = key(Algorithm.ES256);
  static final SigningKey OTHER = key(Algorithm.ES256);

  private final Map<String, Function<IssuerRequest, CompletableFuture<IssuerResponse>>> answers =
      new HashMap<>();
  private final List<IssuerRequest> asked = new ArrayList<>();

  static SigningKey key(Algorithm algorithm) {
    return SigningKey.generate(algorithm, new SecureRandom());
  }

  /** The issuer at {@link #IDP}, with one key of RSA and one of P-256. */
  static Issuers usual() {
    return new Issuers().has(IDP, RSA, EC);
  }

  /** An issuer with those keys, and a discovery document. */
  Issuers has(String issuer, SigningKey... keys) {
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    answers(
        base + "/.well-known/openid-configuration",
        "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + base + "/keys\"}");
    return keys(base + "/keys", keys);
  }

  Issuers keys(String url, SigningKey... keys) {
    return answers(
        url,
        new String(
            KeySet.of(Stream.of(keys).map(SigningKey::verificationKey).toList()).toJson(), UTF_8));
  }

  Issuers answers(String url, String body) {
    return answers(url, 200, body);
  }

  Issuers answers(String url, int status, String body) {
    return then(
        url,
        request ->
            CompletableFuture.completedFuture(
                new IssuerResponse(status, Optional.empty(), body.getBytes(UTF_8))));
  }

  Issuers answers(String url, IssuerResponse response) {
    return then(url, request -> CompletableFuture.completedFuture(response));
  }

  /** From now on that URL answers so. */
  Issuers then(String url, Function<IssuerRequest, CompletableFuture<IssuerResponse>> answer) {
    answers.put(url, answer);
    return this;
  }

  /** From now on there is no answer, nor an end, until someone cancels. */
  Issuers hangs(String url) {
    return then(url, request -> new CompletableFuture<>());
  }

  Issuers fails(String url, Throwable failure) {
    return then(url, request -> CompletableFuture.failedFuture(failure));
  }

  @Override
  public CompletableFuture<IssuerResponse> send(IssuerRequest request) {
    asked.add(request);
    return answers
        .getOrDefault(
            request.uri().toString(),
            unknown -> CompletableFuture.failedFuture(new IOException("no such host")))
        .apply(request);
  }

  /** The URLs that were asked, in order. */
  List<URI> asked() {
    return asked.stream().map(IssuerRequest::uri).toList();
  }

  List<IssuerRequest> requests() {
    return List.copyOf(asked);
  }

  long asked(String url) {
    return asked().stream().filter(URI.create(url)::equals).count();
  }
}
