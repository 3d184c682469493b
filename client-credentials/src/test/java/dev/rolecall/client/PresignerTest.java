package dev.rolecall.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.identity.Audience;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.testsupport.ManualTime;
import java.net.URI;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.regions.Region;

final class PresignerTest {

  private static final Audience ORDERS = Audience.of("orders");
  private static final StsTarget IRELAND = StsTarget.of(Region.EU_WEST_1);
  private static final BindingHash HASH = new BindingHash(FakeConnection.LEAF_HASH);

  private final Presigner presigner = new Presigner(ORDERS, new ManualTime());

  static Stream<ProofBinding> bindings() {
    return Stream.of(
        ProofBinding.bearer(), new ProofBinding.Channel(HASH), new ProofBinding.Key(HASH));
  }

  /** The derived key of AWS's own example, so that the judge of the tests below is judged too. */
  // https://docs.aws.amazon.com/general/latest/gr/signature-v4-examples.html
  @Test
  void signingKey_awsExample_isAsPublished() {
    byte[] key =
        RebuiltRequest.signingKey(
            "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "20150830", "us-east-1", "iam");

    assertThat(RebuiltRequest.hex(key))
        .isEqualTo("c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9");
  }

  @ParameterizedTest
  @MethodSource("bindings")
  void sign_eachBinding_isTheSignatureOfItsHeadersAlone(ProofBinding binding) {
    CallerProof proof =
        presigner.sign(
            FakeCredentials.session(FakeCredentials.SESSION_TOKEN, null), IRELAND, binding);

    assertThat(proof.signature())
        .isEqualTo(expected(proof, binding.signedHeaders(ORDERS), "eu-west-1"));
    assertThat(proof.binding()).isEqualTo(binding);
    assertThat(proof.audience()).isEqualTo(ORDERS);
    assertThat(proof.host()).hasToString("sts.eu-west-1.amazonaws.com");
    assertThat(proof.accessKeyId()).isEqualTo(FakeCredentials.ACCESS_KEY_ID);
    assertThat(proof.sessionToken()).isEqualTo(FakeCredentials.SESSION_TOKEN);
    assertThat(proof.amzDate()).isEqualTo("20261121T221845Z");
    assertThat(proof.life()).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void expected_otherHeadersRegionOrKey_isAnotherSignature() {
    CallerProof proof =
        presigner.sign(FakeCredentials.session("", null), IRELAND, ProofBinding.bearer());
    SortedMap<String, String> billing = new TreeMap<>();
    billing.put("x-rolecall-audience", "billing");

    assertThat(proof.signature())
        .isNotEqualTo(expected(proof, billing, "eu-west-1"))
        .isNotEqualTo(expected(proof, new TreeMap<>(), "eu-west-1"))
        .isNotEqualTo(expected(proof, ProofBinding.bearer().signedHeaders(ORDERS), "eu-central-1"));
  }

  @Test
  void sign_credentialsWithoutSessionToken_hasNone() {
    CallerProof proof =
        presigner.sign(
            AwsBasicCredentials.create(FakeCredentials.ACCESS_KEY_ID, FakeCredentials.SECRET_KEY),
            IRELAND,
            ProofBinding.bearer());

    assertThat(proof.sessionToken()).isEmpty();
    assertThat(proof.signature())
        .isEqualTo(expected(proof, ProofBinding.bearer().signedHeaders(ORDERS), "eu-west-1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:8080",
        "http://localhost:80",
        "https://sts.test:443",
        "https://sts.test:8443/",
        "http://127.0.0.1"
      })
  void sign_customEndpoint_namesTheHostItSigned(String endpoint) {
    StsTarget target = StsTarget.of(URI.create(endpoint), Region.US_EAST_1);

    CallerProof proof =
        presigner.sign(FakeCredentials.session("t", null), target, ProofBinding.bearer());

    assertThat(proof.host()).isEqualTo(target.host());
    assertThat(proof.signature())
        .isEqualTo(expected(proof, ProofBinding.bearer().signedHeaders(ORDERS), "us-east-1"));
  }

  @Test
  void sign_keysWithSpacesAround_areTrimmedAsTheSignerTrimsThem() {
    CallerProof proof =
        presigner.sign(
            AwsSessionCredentials.create(
                FakeCredentials.ACCESS_KEY_ID + "\n", FakeCredentials.SECRET_KEY + " ", " token "),
            IRELAND,
            ProofBinding.bearer());

    assertThat(proof.accessKeyId()).isEqualTo(FakeCredentials.ACCESS_KEY_ID);
    assertThat(proof.sessionToken()).isEqualTo("token");
    assertThat(proof.signature())
        .isEqualTo(expected(proof, ProofBinding.bearer().signedHeaders(ORDERS), "eu-west-1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"to~ken", "to ken", "tokén", "tok\u0000en", "===", "to=ken"})
  void sign_sessionTokenOfAnotherAlphabet_failsForGoodWithoutShowingIt(String token) {
    assertThatThrownBy(
            () ->
                presigner.sign(
                    FakeCredentials.session(token, null), IRELAND, ProofBinding.bearer()))
        .isInstanceOfSatisfying(
            ProofUnavailableException.class, e -> assertThat(e.isRetryable()).isFalse())
        .hasMessageContaining("the AWS credentials cannot be written as a proof")
        .hasMessageNotContaining(token);
  }

  @ParameterizedTest
  @ValueSource(strings = {"short", "asiaiosfodnn7example", "ASIA/IOSFODNN7EXAMPLE"})
  void sign_accessKeyIdOfAnotherAlphabet_failsForGood(String accessKeyId) {
    assertThatThrownBy(
            () ->
                presigner.sign(
                    AwsBasicCredentials.create(accessKeyId, FakeCredentials.SECRET_KEY),
                    IRELAND,
                    ProofBinding.bearer()))
        .isInstanceOf(ProofUnavailableException.class)
        .hasMessageContaining("access key id is 16 to 128 characters");
  }

  private static String expected(
      CallerProof proof, SortedMap<String, String> headers, String region) {
    return RebuiltRequest.signature(proof, headers, region, FakeCredentials.SECRET_KEY);
  }
}
