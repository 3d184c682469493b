package dev.rolecall.stsemulator.internal.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cases that AWS's vectors leave open. */
class CanonicalRequestTest {

  private static final String CLAIM =
      "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=A%2F20260101%2Feu-west-1%2Fsts%2F"
          + "aws4_request&X-Amz-Date=20260101T000000Z&X-Amz-SignedHeaders=host&X-Amz-Signature=0";

  @ParameterizedTest
  @CsvSource({
    "/a/b/../c,/a/c",
    "/a/../../b,/b",
    "/a/b/..,/a",
    "/a/b/../,/a/",
    "'',/",
    "/..,/",
    "/a%2Fb,/a%252Fb",
    "/a+b,/a%2Bb",
  })
  void of_path_isResolvedAndEncodedAsItStands(String path, String canonical) {
    assertThat(line(1, path, CLAIM)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource({
    "a=2&a=1,a=1&a=2",
    "b&a,a=&b=",
    "a=b=c,a=b%3Dc",
    "%61=%62,a=b",
    "a=+,a=%2B",
    "&&a=1&,a=1",
    "a%3D=1&a=2,a=2&a%3D=1",
  })
  void of_query_isSortedAndRespelled(String query, String canonical) {
    assertThat(line(2, "/", CLAIM + "&" + query))
        .endsWith("&X-Amz-SignedHeaders=host&" + canonical);
  }

  @ParameterizedTest
  @CsvSource({"X%2DAmz-Signature=1", "x-amz-signature=1"})
  void of_anotherSpellingOfTheSignature_isCovered(String parameter) {
    assertThat(line(2, "/", CLAIM + "&" + parameter)).containsIgnoringCase("x-amz-signature=1");
  }

  private static String line(int number, String path, String query) {
    RawRequest request = new RawRequest("GET", path, query, List.of(), new byte[0]);
    SignatureClaim claim = ((ClaimReading.Claimed) ClaimReading.of(request)).claim();
    return CanonicalRequest.of(request, claim, SigningRules.USUAL).split("\n", -1)[number];
  }
}
