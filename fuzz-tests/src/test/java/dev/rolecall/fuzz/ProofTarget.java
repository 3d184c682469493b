package dev.rolecall.fuzz;

import dev.rolecall.fuzz.judge.NaiveProof;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofReading;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A text is a proof exactly where the judge says so, of exactly the fields that stand in it. */
final class ProofTarget {

  /** All that a refusal may say: nothing else, so no part of the text. */
  private static final Set<String> RULES =
      Set.of(
          "at most 5120 characters",
          "starts with rolecall-v1~",
          "nine fields separated by ~",
          "audience is 1 to 128 characters of a-z 0-9 . -",
          "binding is bearer, channel.{hash} or key.{hash}",
          "host is a lower-case host name",
          "access key id is 16 to 128 characters of A-Z 0-9",
          "X-Amz-Date is an instant written yyyymmddThhmmssZ",
          "X-Amz-Expires is 1 to 900",
          "signature is 64 lower-case hexadecimal digits",
          "session token is up to 4096 characters of base64 or base64url");

  private ProofTarget() {}

  static void tryOn(byte[] input) {
    String text = Oracle.text(input);
    ProofReading reading = CallerProof.read(text);
    Optional<List<String>> expected = NaiveProof.fields(text);
    Optional<CallerProof> proof = reading.fold(Optional::of, malformed -> Optional.empty());
    Oracle.same(proof.isPresent(), expected.isPresent(), "a proof");
    proof.ifPresent(found -> isWhatStands(found, text, expected.orElseThrow()));
    String rule =
        reading.fold(found -> "nine fields separated by ~", malformed -> malformed.rule());
    Oracle.holds(RULES.contains(rule), "a refusal in fixed words");
  }

  private static void isWhatStands(CallerProof proof, String text, List<String> fields) {
    Oracle.same(proof.text(), text, "text");
    Oracle.same(fields(proof), fields, "fields");
    Oracle.same(proof.life(), proof.expires(), "life");
    Oracle.same(
        proof.signedAt().toString().replaceAll("[-:]", ""), fields.get(3), "the date's instant");
    Oracle.holds(!proof.toString().contains(proof.signature()), "toString masks the signature");
    Oracle.same(written(proof), proof, "what the writer makes of the fields");
    ForwardedRequest.isThatOf(proof);
  }

  private static List<String> fields(CallerProof proof) {
    return List.of(
        "rolecall-v1",
        proof.host().value(),
        proof.accessKeyId(),
        proof.amzDate(),
        Long.toString(proof.expires().toSeconds()),
        proof.audience().name(),
        proof.binding().text(),
        proof.signature(),
        proof.sessionToken());
  }

  private static CallerProof written(CallerProof proof) {
    return CallerProof.builder(proof.host(), proof.audience(), proof.binding())
        .accessKeyId(proof.accessKeyId())
        .amzDate(proof.amzDate())
        .life(proof.expires())
        .signature(proof.signature())
        .sessionToken(proof.sessionToken())
        .build();
  }
}
