package dev.rolecall.tests.judges;

import dev.rolecall.stsemulator.EmulatedCredentials;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;

/**
 * GetCallerIdentity as AWS's own signer presigns it, for a minute.
 *
 * @param endpoint whom the request is for
 * @param region the Region it is signed for
 */
public record SdkPresigner(URI endpoint, String region) {

  private static final Duration LIFE = Duration.ofMinutes(1);

  /** The URL, with that one header signed besides the host, dated so far from now. */
  public URI presign(EmulatedCredentials signer, String header, String value, Duration offset) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .uri(endpoint)
            .encodedPath("/")
            .putRawQueryParameter("Action", "GetCallerIdentity")
            .putRawQueryParameter("Version", "2011-06-15")
            .putHeader(header, value)
            .build();
    return AwsV4HttpSigner.create()
        .sign(
            r ->
                r.identity(SdkSts.awsCredentials(signer))
                    .request(request)
                    .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "sts")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                    .putProperty(
                        AwsV4FamilyHttpSigner.AUTH_LOCATION,
                        AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                    .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, LIFE)
                    .putProperty(HttpSigner.SIGNING_CLOCK, Clock.offset(Clock.systemUTC(), offset)))
        .request()
        .getUri();
  }
}
