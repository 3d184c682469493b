package dev.rolecall.tests.judges;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.EmulatedPrincipal;
import dev.rolecall.stsemulator.OriginIdentity;
import dev.rolecall.stsemulator.SessionContext;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.tests.checkout.Checkout;
import dev.rolecall.tests.fixture.SecretsWatch;
import dev.rolecall.tests.secrets.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** botocore, which knows all parameters of GetWebIdentityToken, as a client of the emulator. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BotocoreWebIdentityTest {

  private static final String SCRIPT =
      "integration-tests/src/test/resources/dev/rolecall/tests/judges/botocore_web_identity.py";
  private static final String CHECKOUT = "arn:aws:iam::111122223333:role/team/checkout";

  /** The Python of an environment with a new botocore, where the one on the path is older. */
  private static final String PYTHON = "rolecall.botocore";

  private static final int TOO_OLD = 3;
  private static final SecretsWatch SECRETS = new SecretsWatch(RunRecord.ofThisRun());

  private final StsEmulator emulator = StsEmulator.start();
  private Map<String, String> said = Map.of();

  @BeforeAll
  void ask() {
    emulator.outboundFederation().enable("111122223333");
    EmulatedCredentials checkout =
        emulator.add(
            EmulatedPrincipal.builder(CHECKOUT)
                .context(
                    SessionContext.none()
                        .withOrigin(OriginIdentity.of("alice@example.com", "idp.example")))
                .expiresAt(Instant.now().plus(Duration.ofMinutes(30)))
                .build());
    Optional<Program> python =
        Optional.ofNullable(System.getProperty(PYTHON)).map(Program::of).or(BotocoreTest::python);
    if (python.isEmpty()) {
      return;
    }
    Program.Ended ended =
        python
            .get()
            .and(Checkout.path(SCRIPT).toString(), emulator.endpoint().toString(), "eu-west-1")
            .signingAs(checkout)
            .run()
            .orElseThrow();
    if (ended.status() == TOO_OLD) {
      return;
    }
    said =
        ended
            .goodOutput()
            .lines()
            .map(line -> line.split(" ", 2))
            .collect(Collectors.toMap(line -> line[0], line -> line[1]));
    said.values().stream()
        .filter(answer -> answer.startsWith("eyJ"))
        .forEach(answer -> SECRETS.addSecretsOfToken(answer.split(" ", -1)[0]));
  }

  @BeforeEach
  void judgeIsThere() {
    assumeFalse(
        said.isEmpty(),
        "no python3 on the path has a botocore that knows SubjectMode of GetWebIdentityToken: pip"
            + " install 'botocore>=1.44.8' into an environment, and name its python by -D"
            + PYTHON);
  }

  @AfterAll
  void stop() {
    emulator.close();
  }

  private String claims(String what) {
    String token = said.getOrDefault(what, "").split(" ", -1)[0];
    String[] parts = token.split("\\.", -1);
    assertThat(parts).hasSize(3);
    return new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8);
  }

  @Test
  void token_statesTheRoleAndTheTags() {
    assertThat(claims("token"))
        .contains(
            "\"sub\":\"" + CHECKOUT + "\"",
            "\"aud\":\"orders\"",
            "\"exp\":" + said.getOrDefault("token", "").split(" ", -1)[1] + ",",
            "\"request_tags\":{\"job\":\"nightly\"}");
  }

  @Test
  void token_forTwoAudiences_listsThem() {
    assertThat(claims("elliptic")).contains("\"aud\":[\"orders\",\"billing\"]");
  }

  @Test
  void token_ofTheOriginIdentity_statesItAndTheScope() {
    assertThat(claims("origin"))
        .contains(
            "\"sub\":\"alice@example.com\"",
            "\"scope\":\"orders:read orders:write\"",
            "\"subject_mode\":\"OriginIdentity\"",
            "\"principal_id\":\"" + CHECKOUT + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "escalation,SessionDurationEscalationException SessionDurationEscalationException 403",
    "large,JWTPayloadSizeExceededException JWTPayloadSizeExceededException 400",
    "scoped,ClientError ValidationError 400",
    "algorithm,ClientError ValidationError 400"
  })
  void refusal_isBotocoresOwnException(String what, String exception) {
    assertThat(said.getOrDefault(what, "")).isEqualTo(exception);
  }
}
