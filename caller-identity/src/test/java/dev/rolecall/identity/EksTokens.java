package dev.rolecall.identity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Base64;

/** EKS tokens that nobody signed: a URL as the AWS CLI writes it, and what a test makes of it. */
final class EksTokens {

  static final String SIGNATURE = "0123456789abcdef".repeat(4);

  /** In the AWS CLI's order. */
  static final String URL =
      "https://sts.eu-west-1.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15"
          + "&X-Amz-Algorithm=AWS4-HMAC-SHA256"
          + "&X-Amz-Credential=ASIAEXAMPLE000000001%2F20261121%2Feu-west-1%2Fsts%2Faws4_request"
          + "&X-Amz-Date=20261121T221845Z&X-Amz-Expires=60"
          + "&X-Amz-SignedHeaders=host%3Bx-k8s-aws-id"
          + "&X-Amz-Security-Token=FwoG%2BZXIv%2FYXdz%3D%3D"
          + "&X-Amz-Signature="
          + SIGNATURE;

  private EksTokens() {}

  static String of(String url) {
    return "k8s-aws-v1."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(url.getBytes(ISO_8859_1));
  }

  /** The URL with one part replaced, which must be there. */
  static String with(String part, String replacement) {
    if (!URL.contains(part)) {
      throw new AssertionError("no such part: " + part);
    }
    return of(URL.replace(part, replacement));
  }
}
