package dev.rolecall.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

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

  private static final String CREDENTIAL =
      "X-Amz-Credential=ASIAEXAMPLE000000001%2F20261121%2Feu-west-1%2Fsts%2Faws4_request";
  private static final String SESSION_TOKEN = "X-Amz-Security-Token=FwoG%2BZXIv%2FYXdz%3D%3D";

  private EksTokens() {}

  /** The order in which each kind of client writes the parameters of {@link #URL}. */
  static Stream<String> spellings() {
    String host = "https://sts.eu-west-1.amazonaws.com/?";
    String action = "Action=GetCallerIdentity";
    String version = "Version=2011-06-15";
    String algorithm = "X-Amz-Algorithm=AWS4-HMAC-SHA256";
    String date = "X-Amz-Date=20261121T221845Z";
    String expires = "X-Amz-Expires=60";
    String headers = "X-Amz-SignedHeaders=host%3Bx-k8s-aws-id";
    String signature = "X-Amz-Signature=" + SIGNATURE;
    return Stream.of(
            // botocore: the AWS CLI, Airflow and most scripts.
            List.of(
                action,
                version,
                algorithm,
                CREDENTIAL,
                date,
                expires,
                headers,
                SESSION_TOKEN,
                signature),
            // aws-sdk-go-v2, and v1 before it: aws-iam-authenticator, eksctl, Terraform.
            List.of(
                action,
                version,
                algorithm,
                CREDENTIAL,
                date,
                expires,
                SESSION_TOKEN,
                headers,
                signature),
            // AWS SDK for Java v2, as the Kubernetes client for Java asks it.
            List.of(
                version,
                action,
                SESSION_TOKEN,
                algorithm,
                date,
                headers,
                CREDENTIAL,
                expires,
                signature),
            // @smithy/signature-v4, written in the order of its query.
            List.of(
                action,
                version,
                SESSION_TOKEN,
                algorithm,
                CREDENTIAL,
                date,
                expires,
                headers,
                signature),
            // The same, sorted by @aws-sdk/util-format-url.
            List.of(
                action,
                version,
                algorithm,
                CREDENTIAL,
                date,
                expires,
                SESSION_TOKEN,
                signature,
                headers))
        .map(parameters -> host + String.join("&", parameters));
  }

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
