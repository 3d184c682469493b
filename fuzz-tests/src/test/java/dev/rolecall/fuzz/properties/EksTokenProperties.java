package dev.rolecall.fuzz.properties;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.fuzz.judge.NaiveEksToken;
import dev.rolecall.identity.Audience;
import dev.rolecall.proof.CallerProof;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

@AddLifecycleHook(TriedCount.class)
class EksTokenProperties {

  private static final Audience ORDERS = Audience.of("orders");

  @Provide
  Arbitrary<WrittenProof> proofs() {
    return Proofs.any();
  }

  @Provide
  Arbitrary<Proofs.Edit> edits() {
    return Proofs.edits();
  }

  @Provide
  Arbitrary<String> audiences() {
    return Proofs.audiences();
  }

  @Property
  void tokenInAnyOrder_isReadAsItself(
      @ForAll("proofs") WrittenProof written,
      @ForAll("audiences") String audience,
      @ForAll Random order) {
    String token = NaiveEksToken.of(url(written, order));

    CallerProof proof = read(token, Audience.of(audience)).orElseThrow();

    assertThat(
            List.of(
                proof.text(),
                proof.host().value(),
                proof.accessKeyId(),
                proof.amzDate(),
                proof.expires().toSeconds(),
                proof.signature(),
                proof.sessionToken()))
        .isEqualTo(
            List.of(
                token,
                written.host(),
                written.keyId(),
                written.date(),
                (long) written.expires(),
                written.signature(),
                written.sessionToken()));
    assertThat(proof.binding().signedHeaders(proof.audience()))
        .isEqualTo(Map.of("x-k8s-aws-id", audience));
  }

  @Property(tries = 2_000)
  void urlWithOnePlaceChanged_isMalformedOrAnotherRequest(
      @ForAll("proofs") WrittenProof written,
      @ForAll("edits") Proofs.Edit edit,
      @ForAll Random order) {
    String url = url(written, order);

    isAnotherRequest(NaiveEksToken.of(url), NaiveEksToken.of(edit.of(url)));
  }

  @Property(tries = 2_000)
  void tokenWithOnePlaceChanged_isMalformedOrAnotherRequest(
      @ForAll("proofs") WrittenProof written,
      @ForAll("edits") Proofs.Edit edit,
      @ForAll Random order) {
    String token = NaiveEksToken.of(url(written, order));

    isAnotherRequest(token, edit.of(token));
  }

  private static void isAnotherRequest(String token, String changed) {
    Optional<CallerProof> proof = read(changed, ORDERS);
    Optional<NaiveEksToken.Request> request = NaiveEksToken.read(changed);

    assertThat(proof.isPresent()).isEqualTo(request.isPresent());
    if (!changed.equals(token)) {
      assertThat(request).isNotEqualTo(NaiveEksToken.read(token));
      proof.ifPresent(found -> assertThat(found).isNotEqualTo(read(token, ORDERS).orElseThrow()));
    }
  }

  private static Optional<CallerProof> read(String token, Audience audience) {
    return CallerProof.readEksToken(token, audience)
        .fold(Optional::of, malformed -> Optional.empty());
  }

  private static String url(WrittenProof written, Random order) {
    List<String> parameters = new ArrayList<>();
    add(parameters, "Action", "GetCallerIdentity");
    add(parameters, "Version", "2011-06-15");
    add(parameters, "X-Amz-Algorithm", "AWS4-HMAC-SHA256");
    add(
        parameters,
        "X-Amz-Credential",
        written.keyId() + "/" + written.date().substring(0, 8) + "/eu-west-1/sts/aws4_request");
    add(parameters, "X-Amz-Date", written.date());
    add(parameters, "X-Amz-Expires", Integer.toString(written.expires()));
    if (!written.sessionToken().isEmpty()) {
      add(parameters, "X-Amz-Security-Token", written.sessionToken());
    }
    add(parameters, "X-Amz-SignedHeaders", "host;x-k8s-aws-id");
    add(parameters, "X-Amz-Signature", written.signature());
    Collections.shuffle(parameters, order);
    return "https://" + written.host() + "/?" + String.join("&", parameters);
  }

  private static void add(List<String> parameters, String name, String value) {
    parameters.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
  }
}
