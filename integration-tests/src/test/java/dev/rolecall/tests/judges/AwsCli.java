package dev.rolecall.tests.judges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rolecall.stsemulator.EmulatedCredentials;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code aws} command of this machine. */
final class AwsCli {

  private static final Pattern TOKEN = Pattern.compile("\"token\": *\"([^\"]+)\"");

  private AwsCli() {}

  /** Asked once: it takes as long as a token does. */
  private static final class Installed {

    static final boolean ANSWER = answer();

    private Installed() {}

    private static boolean answer() {
      return Program.of("aws", "--version").run().filter(e -> e.status() == 0).isPresent();
    }
  }

  /** What {@code aws eks get-token} prints as the token; skips the test where there is no aws. */
  static String eksToken(URI sts, EmulatedCredentials credentials, String cluster) {
    assumeTrue(
        Installed.ANSWER,
        "no aws command: install Debian's package awscli to try the AWS CLI's own tokens");
    String printed =
        Program.of("aws", "--region", "us-east-1", "--output", "json")
            .and("eks", "get-token", "--cluster-name", cluster)
            .with("AWS_ENDPOINT_URL_STS", sts.toString())
            .signingAs(credentials)
            .run()
            .orElseThrow()
            .goodOutput();
    Matcher token = TOKEN.matcher(printed);
    assertThat(token.find()).isTrue();
    return token.group(1);
  }
}
