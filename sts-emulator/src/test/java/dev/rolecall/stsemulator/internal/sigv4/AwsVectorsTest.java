package dev.rolecall.stsemulator.internal.sigv4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rolecall.stsemulator.internal.sigv4.ClaimReading.Claimed;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The signature is what AWS says it is, in every case of its own test suite and in both forms.
 * Skipped, with a message, where the suite is not at hand; it is not part of this project.
 */
class AwsVectorsTest {

  private static final Logger LOGGER = System.getLogger(AwsVectorsTest.class.getName());
  private static final int CASES = 38;
  private static final Path VECTORS =
      Path.of(System.getProperty("rolecall.sigv4.vectors", "../../shared/sigv4-vectors"));

  private static final String ABSENT =
      "AWS's signing test vectors are expected in "
          + VECTORS.toAbsolutePath().normalize()
          + "; -Drolecall.sigv4.vectors=FOLDER says otherwise";

  static Stream<AwsVector> vectors() {
    if (!Files.isDirectory(VECTORS)) {
      LOGGER.log(Level.WARNING, "skipped: " + ABSENT);
      return Stream.empty();
    }
    return Stream.of("query", "header").flatMap(form -> AwsVector.in(VECTORS, form).stream());
  }

  @Test
  void vectors_ofTheWholeSuite_areAllSeen() {
    assumeTrue(Files.isDirectory(VECTORS), ABSENT);
    assertThat(AwsVector.in(VECTORS, "query")).hasSize(CASES);
    assertThat(vectors()).hasSize(2 * CASES);
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("vectors")
  void expectedSignature_ofAnAwsVector_isAwsOwn(AwsVector vector) {
    RawRequest request = vector.signedRequest();
    SignatureClaim claim = ((Claimed) ClaimReading.of(request)).claim();
    ExpectedSignature expected = ExpectedSignature.of(request, claim, vector.rules());

    assertThat(expected.canonicalRequest()).isEqualTo(vector.canonicalRequest());
    assertThat(expected.stringToSign()).isEqualTo(vector.stringToSign());
    assertThat(expected.under(vector.secretAccessKey())).isEqualTo(vector.signature());
    assertThat(expected.isMetUnder(vector.secretAccessKey())).isTrue();
    assertThat(expected.isMetUnder(vector.secretAccessKey() + "x")).isFalse();
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("vectors")
  void expectedSignature_ofAnotherMethod_isNotMet(AwsVector vector) {
    RawRequest request = vector.signedRequest();
    SignatureClaim claim = ((Claimed) ClaimReading.of(request)).claim();
    RawRequest other =
        new RawRequest(
            "PUT", request.path(), "", headersOf(request, claim.signedHeaders()), request.body());

    assertThat(
            ExpectedSignature.of(other, claim, vector.rules()).isMetUnder(vector.secretAccessKey()))
        .isFalse();
  }

  private static List<NamedValue> headersOf(RawRequest request, List<String> names) {
    return names.stream()
        .flatMap(name -> request.header(name).stream().map(value -> new NamedValue(name, value)))
        .toList();
  }
}
