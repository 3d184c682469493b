package dev.rolecall.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.rolecall.cli.Rolecall;
import dev.rolecall.client.WebIdentityCallCredentials;
import dev.rolecall.tests.checkout.Checkout;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;

/** The code and the commands of docs/web-identity.md are those that run. */
class WebIdentityDocTest {

  private static final Pattern COMMAND = Pattern.compile("(?m)^ {4}rolecall (.*)$");

  @Test
  void code_makesCredentials() {
    WebIdentityCallCredentials role =
        WebIdentityCallCredentials.builder("orders")
            .region(Region.EU_WEST_1)
            .life(Duration.ofMinutes(15))
            .build();

    try (role) {
      assertThat(role).hasToString("WebIdentityCallCredentials[orders]");
    }
  }

  @Test
  void commands_areOnesThatThereAre() {
    List<String> commands =
        COMMAND
            .matcher(Checkout.text("docs/web-identity.md"))
            .results()
            .map(command -> command.group(1))
            .toList();

    assertThat(commands).hasSize(3);
    for (String command : commands) {
      assertThatCode(() -> Rolecall.commandLine().parseArgs(command.split(" ", -1)))
          .as(command)
          .doesNotThrowAnyException();
    }
  }
}
