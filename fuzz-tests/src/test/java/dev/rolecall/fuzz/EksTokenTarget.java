package dev.rolecall.fuzz;

import dev.rolecall.fuzz.judge.NaiveEksToken;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofReading;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A text is an EKS token exactly where the judge says so, and stands for the request in it. */
final class EksTokenTarget {

  /** All that a refusal may say: nothing else, so no part of the text. */
  private static final Set<String> RULES =
      Set.of(
          "at most 7600 characters",
          "starts with k8s-aws-v1.",
          "base64url without padding, its spare bits zero",
          "https://{host}/?{parameters}",
          "the parameters of one presigned request, each once, in one encoding",
          "X-Amz-Credential is {key id}/{day}/{region}/sts/aws4_request",
          "host is a lower-case host name",
          "access key id is 16 to 128 characters of A-Z 0-9",
          "X-Amz-Date is an instant written yyyymmddThhmmssZ",
          "X-Amz-Expires is 1 to 900",
          "signature is 64 lower-case hexadecimal digits",
          "session token is up to 4096 characters of base64 or base64url");

  private EksTokenTarget() {}

  static void tryOn(byte[] input) {
    String text = Oracle.text(input);
    // A URL is put into a token as it is: a fuzzer sees no structure through base64.
    tryOn(text.startsWith("http") ? NaiveEksToken.of(text) : text);
  }

  private static void tryOn(String token) {
    ProofReading reading = CallerProof.readEksToken(token, ForwardedRequest.AUDIENCE);
    Optional<NaiveEksToken.Request> expected = NaiveEksToken.read(token);
    Optional<CallerProof> proof = reading.fold(Optional::of, malformed -> Optional.empty());
    Oracle.same(proof.isPresent(), expected.isPresent(), "an EKS token");
    proof.ifPresent(found -> standsFor(found, token, expected.orElseThrow()));
    String rule = reading.fold(found -> "starts with k8s-aws-v1.", malformed -> malformed.rule());
    Oracle.holds(RULES.contains(rule), "a refusal in fixed words");
  }

  private static void standsFor(CallerProof proof, String token, NaiveEksToken.Request request) {
    Oracle.same(proof.text(), token, "text");
    Oracle.holds(
        CallerProof.read(token).fold(other -> false, malformed -> true), "no rolecall-v1 proof");
    Oracle.same(proof.host().value(), request.host(), "host");
    Oracle.same(proof.audience(), ForwardedRequest.AUDIENCE, "audience");
    Oracle.same(proof.life(), Duration.ofMinutes(15), "life");
    // The Region is the verifier's own; all else is what was signed.
    List<String> scope = request.scope();
    Map<String, String> expected = new TreeMap<>(request.parameters());
    expected.put(
        "X-Amz-Credential",
        String.join(
            "/", scope.get(0), scope.get(1), ForwardedRequest.REGION, scope.get(3), scope.get(4)));
    Oracle.same(ForwardedRequest.isThatOf(proof), expected, "the request");
  }
}
