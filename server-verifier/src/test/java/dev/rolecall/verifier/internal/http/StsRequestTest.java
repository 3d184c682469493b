package dev.rolecall.verifier.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.Audience;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.Partition;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.proof.StsHost;
import dev.rolecall.verifier.internal.endpoint.RegionName;
import dev.rolecall.verifier.internal.endpoint.StsEndpoint;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("attack")
final class StsRequestTest {

  private static final Audience ORDERS = Audience.of("orders");
  private static final String SIGNATURE =
      "25afe0d4a5bf27bdb233fdfb6039a36e9255d301041aafaae05d18403df8f11d";
  private static final StsEndpoint IRELAND =
      StsEndpoint.at(
          URI.create("https://sts.eu-west-1.amazonaws.com"),
          new RegionName("eu-west-1"),
          Partition.AWS);

  private static CallerProof.Builder proof(ProofBinding binding, Audience audience) {
    return CallerProof.builder(StsHost.parse("sts.eu-west-1.amazonaws.com"), audience, binding)
        .accessKeyId("ASIAIOSFODNN7EXAMPLE")
        .amzDate("20261121T221845Z")
        .life(Duration.ofMinutes(1))
        .signature(SIGNATURE);
  }

  /** The parameters and values are those the AWS SDK's AwsV4HttpSigner gave for this request. */
  @Test
  void rebuild_bearer_isTheUrlThatWasSigned() {
    StsRequest request =
        StsRequest.rebuild(
            IRELAND,
            ORDERS,
            proof(ProofBinding.bearer(), ORDERS)
                .sessionToken("FwoGZXIvYXdzEXAMPLE+token/with_chars-==")
                .build());
    assertThat(request.uri().toString())
        .isEqualTo(
            "https://sts.eu-west-1.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15"
                + "&X-Amz-Algorithm=AWS4-HMAC-SHA256"
                + "&X-Amz-Credential=ASIAIOSFODNN7EXAMPLE%2F20261121%2Feu-west-1%2Fsts%2Faws4_request"
                + "&X-Amz-Date=20261121T221845Z&X-Amz-Expires=60"
                + "&X-Amz-Security-Token=FwoGZXIvYXdzEXAMPLE%2Btoken%2Fwith_chars-%3D%3D"
                + "&X-Amz-SignedHeaders=host%3Bx-rolecall-audience"
                + "&X-Amz-Signature="
                + SIGNATURE);
    assertThat(request.headers())
        .isEqualTo(Map.of("accept", "application/json", "x-rolecall-audience", "orders"));
  }

  @Test
  void rebuild_channel_signsAndSendsItsHash() {
    BindingHash hash = BindingHash.of(new byte[] {1});
    StsRequest request =
        StsRequest.rebuild(IRELAND, ORDERS, proof(new ProofBinding.Channel(hash), ORDERS).build());
    assertThat(request.uri().getRawQuery())
        .contains("X-Amz-SignedHeaders=host%3Bx-rolecall-audience%3Bx-rolecall-channel&");
    assertThat(request.headers())
        .isEqualTo(
            Map.of(
                "accept",
                "application/json",
                "x-rolecall-audience",
                "orders",
                "x-rolecall-channel",
                hash.value()));
  }

  @Test
  void rebuild_withoutSessionToken_leavesTheParameterOut() {
    StsRequest request =
        StsRequest.rebuild(IRELAND, ORDERS, proof(ProofBinding.bearer(), ORDERS).build());
    assertThat(request.uri().getRawQuery()).doesNotContain("Security-Token");
  }

  @Test
  void rebuild_proofOfAnotherAudienceAndHost_usesTheVerifiersOwn() {
    StsEndpoint virginia =
        StsEndpoint.at(
            URI.create("https://sts.example.com:8443"), new RegionName("us-east-1"), Partition.AWS);
    StsRequest request =
        StsRequest.rebuild(
            virginia, ORDERS, proof(ProofBinding.bearer(), Audience.of("billing")).build());
    assertThat(request.uri().toString())
        .startsWith("https://sts.example.com:8443/?")
        .contains("%2Fus-east-1%2F");
    assertThat(request.headers()).containsEntry("x-rolecall-audience", "orders");
  }

  @Test
  void toString_masksTheUrl() {
    assertThat(
            StsRequest.rebuild(IRELAND, ORDERS, proof(ProofBinding.bearer(), ORDERS).build())
                .toString())
        .isEqualTo("StsRequest[sts.eu-west-1.amazonaws.com, ****]");
  }
}
