package dev.rolecall.tests.judges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.rolecall.client.WebIdentityCallCredentials;
import dev.rolecall.client.WebIdentityToken;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.EmulatedPrincipal;
import dev.rolecall.stsemulator.SessionContext;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.stsemulator.protocol.StsAction;
import dev.rolecall.tests.fixture.SecretsWatch;
import dev.rolecall.tests.secrets.RunRecord;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetWebIdentityTokenResponse;
import software.amazon.awssdk.services.sts.model.JwtPayloadSizeExceededException;
import software.amazon.awssdk.services.sts.model.OutboundWebIdentityFederationDisabledException;
import software.amazon.awssdk.services.sts.model.SessionDurationEscalationException;
import software.amazon.awssdk.services.sts.model.StsException;
import software.amazon.awssdk.services.sts.model.Tag;

/**
 * The AWS SDK's STS client takes the emulator for one that issues web identity tokens, and Nimbus
 * JOSE verifies what it issues with the keys that the issuer publishes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebIdentityTokensTest {

  private static final String CHECKOUT = "arn:aws:iam::111122223333:role/team/checkout";
  private static final SecretsWatch SECRETS = new SecretsWatch(RunRecord.ofThisRun());

  private final StsEmulator emulator = StsEmulator.start();
  private final SdkSts sdk = new SdkSts(emulator);
  private final EmulatedCredentials checkout =
      emulator.add(
          EmulatedPrincipal.builder(CHECKOUT)
              .context(
                  SessionContext.none()
                      .withPrincipalTag("team", "payments")
                      .withOrganization("o-abc1234567", "o-abc1234567/r-ab12/"))
              .expiresAt(Instant.now().plus(Duration.ofMinutes(30)))
              .build());
  private URI issuer = URI.create("");

  @BeforeAll
  void enable() {
    issuer = emulator.outboundFederation().enable("111122223333");
  }

  @AfterAll
  void stop() {
    sdk.close();
    emulator.close();
  }

  /** Checked by Nimbus: the signature by the published key, the dates, the kind of token. */
  private JWTClaimsSet verified(String token, JWSAlgorithm algorithm)
      throws MalformedURLException, BadJOSEException, ParseException, JOSEException {
    SECRETS.addSecretsOfToken(token);
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            algorithm,
            JWKSourceBuilder.create(URI.create(issuer + "/.well-known/jwks.json").toURL())
                .build()));
    return processor.process(token, null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "ES384"})
  void getWebIdentityToken_ofARole_isATokenThatNimbusVerifies(String algorithm) throws Exception {
    GetWebIdentityTokenResponse answer =
        sdk.signingAs(checkout)
            .getWebIdentityToken(
                r -> r.audience("orders").signingAlgorithm(algorithm).durationSeconds(900));
    JWTClaimsSet claims = verified(answer.webIdentityToken(), JWSAlgorithm.parse(algorithm));

    assertThat(claims.getIssuer()).isEqualTo(issuer.toString());
    assertThat(claims.getSubject()).isEqualTo(CHECKOUT);
    assertThat(claims.getAudience()).containsExactly("orders");
    assertThat(claims.getJWTID()).isNotBlank();
    assertThat(claims.getExpirationTime().toInstant()).isEqualTo(answer.expiration());
    assertThat(claims.getJSONObjectClaim("https://sts.amazonaws.com/"))
        .containsEntry("aws_account", "111122223333")
        .containsEntry("principal_id", CHECKOUT)
        .containsEntry("source_region", "eu-west-1")
        .containsEntry("org_id", "o-abc1234567")
        .containsEntry("ou_path", List.of("o-abc1234567/r-ab12/"))
        .containsEntry("principal_tags", Map.of("team", "payments"))
        .containsKey("original_session_exp");
  }

  @Test
  void getWebIdentityToken_withOneByteChanged_isRefusedByNimbus() {
    String token = token(checkout);
    int place = token.lastIndexOf('.') + 10;
    char other = token.charAt(place) == 'A' ? 'B' : 'A';
    String forged = token.substring(0, place) + other + token.substring(place + 1);

    assertThatExceptionOfType(BadJOSEException.class)
        .isThrownBy(() -> verified(forged, JWSAlgorithm.RS256));
  }

  private String token(EmulatedCredentials of) {
    return sdk.signingAs(of)
        .getWebIdentityToken(r -> r.audience("orders").signingAlgorithm("RS256"))
        .webIdentityToken();
  }

  @Test
  void getWebIdentityToken_forTwoAudiencesAndTags_statesThem() throws Exception {
    String token =
        sdk.signingAs(checkout)
            .getWebIdentityToken(
                r ->
                    r.audience("orders", "billing")
                        .signingAlgorithm("RS256")
                        .tags(Tag.builder().key("job").value("nightly").build()))
            .webIdentityToken();
    JWTClaimsSet claims = verified(token, JWSAlgorithm.RS256);

    assertThat(claims.getAudience()).containsExactly("orders", "billing");
    assertThat(claims.getJSONObjectClaim("https://sts.amazonaws.com/"))
        .containsEntry("request_tags", Map.of("job", "nightly"));
  }

  @Test
  void getWebIdentityToken_refused_isTheSdksOwnException() {
    StsClient other = sdk.signingAs(emulator.addRole("arn:aws:iam::444455556666:role/checkout"));
    StsClient own = sdk.signingAs(checkout);

    assertThatExceptionOfType(OutboundWebIdentityFederationDisabledException.class)
        .isThrownBy(
            () -> other.getWebIdentityToken(r -> r.audience("orders").signingAlgorithm("RS256")))
        .satisfies(e -> assertThat(e.statusCode()).isEqualTo(403));
    assertThatExceptionOfType(SessionDurationEscalationException.class)
        .isThrownBy(
            () ->
                own.getWebIdentityToken(
                    r -> r.audience("orders").signingAlgorithm("RS256").durationSeconds(3_600)))
        .satisfies(e -> assertThat(e.statusCode()).isEqualTo(403));
    assertThatExceptionOfType(JwtPayloadSizeExceededException.class)
        .isThrownBy(
            () ->
                own.getWebIdentityToken(
                    r ->
                        r.audience(
                                "x".repeat(1_000),
                                "y".repeat(1_000),
                                "z".repeat(1_000),
                                "a".repeat(1_000))
                            .signingAlgorithm("RS256")))
        .satisfies(e -> assertThat(e.statusCode()).isEqualTo(400));
    assertThatExceptionOfType(StsException.class)
        .isThrownBy(
            () -> own.getWebIdentityToken(r -> r.audience("orders").signingAlgorithm("HS256")))
        .satisfies(e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationError"));
  }

  @Test
  void callCredentials_ofARole_askOnceForATokenThatNimbusVerifies() throws Exception {
    long before = emulator.requests().of(StsAction.GET_WEB_IDENTITY_TOKEN);
    try (WebIdentityCallCredentials credentials =
        WebIdentityCallCredentials.builder("orders")
            .credentialsProvider(StaticCredentialsProvider.create(SdkSts.awsCredentials(checkout)))
            .endpoint(emulator.endpoint(), Region.EU_WEST_1)
            .build()) {
      WebIdentityToken token = credentials.token(Runnable::run).toCompletableFuture().join();

      assertThat(verified(token.text(), JWSAlgorithm.RS256).getSubject()).isEqualTo(CHECKOUT);
      assertThat(credentials.token(Runnable::run).toCompletableFuture().join()).isSameAs(token);
      assertThat(emulator.requests().of(StsAction.GET_WEB_IDENTITY_TOKEN)).isEqualTo(before + 1);
    }
  }
}
