package dev.rolecall.tests.judges;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.stsemulator.EmulatedCredentials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code aws} command of this machine, run with nothing of the machine's own settings. */
final class AwsCli {

  private static final Pattern TOKEN = Pattern.compile("\"token\": *\"([^\"]+)\"");
  private static final Path NOWHERE = Path.of("target", "no-such-file").toAbsolutePath();
  private static final int SECONDS = 60;

  private AwsCli() {}

  /** Whether there is one that runs. */
  static boolean isInstalled() throws InterruptedException {
    try {
      return run(Map.of(), "aws", "--version").status() == 0;
    } catch (IOException e) {
      // There is no such program on the path.
      return false;
    }
  }

  /** What {@code aws eks get-token} prints as the token. */
  static String eksToken(URI sts, EmulatedCredentials credentials, String cluster)
      throws IOException, InterruptedException {
    Ended ended =
        run(
            Map.of(
                "AWS_ENDPOINT_URL_STS", sts.toString(),
                "AWS_ACCESS_KEY_ID", credentials.accessKeyId(),
                "AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey(),
                "AWS_SESSION_TOKEN", credentials.sessionToken().orElse("")),
            "aws",
            "--region",
            "us-east-1",
            "--output",
            "json",
            "eks",
            "get-token",
            "--cluster-name",
            cluster);
    Matcher token = TOKEN.matcher(ended.output());
    assertThat(ended.status()).isZero();
    assertThat(token.find()).isTrue();
    return token.group(1);
  }

  /** A command that has ended. Its output is a secret, and so is in no message. */
  private record Ended(int status, String output) {
    @Override
    public String toString() {
      return "Ended[" + status + ", ****]";
    }
  }

  private static Ended run(Map<String, String> settings, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(List.of(command)).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().put("AWS_CONFIG_FILE", NOWHERE.toString());
    builder.environment().put("AWS_SHARED_CREDENTIALS_FILE", NOWHERE.toString());
    builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
    builder.environment().putAll(settings);
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
      return new Ended(process.exitValue(), output);
    } finally {
      process.destroyForcibly();
    }
  }
}
