package dev.rolecall.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.proof.CallerProof;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The request behind a proof, put together again as a verifier does, and its signature computed
 * from the specification without the AWS SDK.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">AWS
 *     Signature Version 4</a>
 */
final class RebuiltRequest {

  private RebuiltRequest() {}

  /** The signature that those headers (besides host), Region and secret key give the proof. */
  static String signature(
      CallerProof proof, SortedMap<String, String> headers, String region, String secretKey) {
    String day = proof.amzDate().substring(0, 8);
    String scope = day + "/" + region + "/sts/aws4_request";
    SortedMap<String, String> signed = new TreeMap<>(headers);
    signed.put("host", proof.host().value());
    String names = String.join(";", signed.keySet());

    SortedMap<String, String> query = new TreeMap<>();
    query.put("Action", "GetCallerIdentity");
    query.put("Version", "2011-06-15");
    query.put("X-Amz-Algorithm", "AWS4-HMAC-SHA256");
    query.put("X-Amz-Credential", proof.accessKeyId() + "/" + scope);
    query.put("X-Amz-Date", proof.amzDate());
    query.put("X-Amz-Expires", Long.toString(proof.life().toSeconds()));
    if (!proof.sessionToken().isEmpty()) {
      query.put("X-Amz-Security-Token", proof.sessionToken());
    }
    query.put("X-Amz-SignedHeaders", names);

    StringBuilder canonical = new StringBuilder("GET\n/\n");
    String separator = "";
    for (Map.Entry<String, String> p : query.entrySet()) {
      canonical.append(separator).append(p.getKey()).append('=').append(encoded(p.getValue()));
      separator = "&";
    }
    canonical.append('\n');
    signed.forEach((name, value) -> canonical.append(name + ":" + value + "\n"));
    canonical.append("\n" + names + "\n" + hex(sha256("")));

    String toSign =
        String.join(
            "\n", "AWS4-HMAC-SHA256", proof.amzDate(), scope, hex(sha256(canonical.toString())));
    return hex(hmac(signingKey(secretKey, day, region, "sts"), toSign));
  }

  static byte[] signingKey(String secretKey, String day, String region, String service) {
    byte[] key = hmac(("AWS4" + secretKey).getBytes(UTF_8), day);
    return hmac(hmac(hmac(key, region), service), "aws4_request");
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, UTF_8).replace("+", "%20").replace("*", "%2A");
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
