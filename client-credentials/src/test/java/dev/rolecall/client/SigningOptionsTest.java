package dev.rolecall.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.rolecall.client.internal.AssumedRole;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;

final class SigningOptionsTest {

  private static final String ROLE = "arn:aws:iam::111122223333:role/team/checkout";

  private final IamCallCredentials.Builder builder = IamCallCredentials.builder("orders");

  @Test
  void build_regionAndEndpoint_contradict() {
    builder.region(Region.EU_WEST_1).endpoint(URI.create("https://sts.test"), Region.EU_WEST_1);

    assertThatIllegalStateException()
        .isThrownBy(builder::build)
        .withMessageContainingAll("region", "endpoint");
  }

  @Test
  void region_notARegion_isRefusedAtOnce() {
    assertThatIllegalArgumentException().isThrownBy(() -> builder.region(Region.AWS_GLOBAL));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1M", "PT5M", "PT14M"})
  void renewalMargin_inRange_isTaken(String margin) {
    assertThat(builder.renewalMargin(Duration.parse(margin))).isSameAs(builder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT59.999S", "PT14M0.001S", "PT0S", "PT-5M", "PT24H"})
  void renewalMargin_outOfRange_isRefused(String margin) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.renewalMargin(Duration.parse(margin)))
        .withMessage("renewal margin: " + Duration.parse(margin) + " (expected: PT1M to PT14M)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "checkout",
        "arn:aws:iam::111122223333:user/checkout",
        "arn:aws:sts::111122223333:assumed-role/checkout/me",
        "arn:aws:iam::1111:role/checkout",
        "arn:aws:iam::111122223333:role/",
        "arn:aws:iam::111122223333:role/checkout*"
      })
  void assumeRole_notARole_isRefused(String arn) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.assumeRole(arn))
        .withMessageContaining("expected: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "with space", "slash/es", "lí", "new\nline"})
  void assumeRole_badSessionName_isRefused(String sessionName) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.assumeRole(ROLE, sessionName))
        .withMessageContaining("session name: ")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void assumeRole_sessionNameOf64And65_isTakenAndRefused() {
    assertThat(new AssumedRole(ROLE, "x".repeat(64)).sessionName()).hasSize(64);
    assertThatIllegalArgumentException().isThrownBy(() -> new AssumedRole(ROLE, "x".repeat(65)));
  }

  @Test
  void assumeRole_default_keepsThePathAndNamesTheAudience() {
    AssumedRole role = AssumedRole.of(ROLE, "orders.prod");

    assertThat(role.arn()).isEqualTo(ROLE);
    assertThat(role.sessionName()).isEqualTo("rolecall-orders.prod");
  }

  @Test
  void assumeRole_longAudience_isCutAt64() {
    AssumedRole role = AssumedRole.of(ROLE, "a".repeat(128));

    assertThat(role.sessionName()).hasSize(64).startsWith("rolecall-aaa");
  }
}
